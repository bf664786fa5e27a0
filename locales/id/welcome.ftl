# First words. The greeting is of the hour; in some programmes it is said in the language of the place.
welcome-greeting-id-morning = Selamat pagi
welcome-greeting-id-noon = Selamat siang
welcome-greeting-id-afternoon = Selamat sore
welcome-greeting-id-night = Selamat malam
welcome-greeting-jv-morning = Sugeng enjing
welcome-greeting-jv-noon = Sugeng siang
welcome-greeting-jv-afternoon = Sugeng sonten
welcome-greeting-jv-night = Sugeng dalu
welcome-greeting-su-morning = Wilujeng enjing
welcome-greeting-su-noon = Wilujeng siang
welcome-greeting-su-afternoon = Wilujeng sonten
welcome-greeting-su-night = Wilujeng wengi

welcome-first = { $greeting }, Bapak/Ibu. Saya { $bot }, asisten { $program }. Saya bisa bantu daftar produk dan cek hasil kurasi. Tekan tombol, atau ketik *1* untuk mendaftar.
welcome-back = { $greeting }, Bapak/Ibu { $name }. Ada yang bisa saya bantu?
welcome-unfinished = { $greeting }, Bapak/Ibu. { $form } belum selesai. Mau dilanjutkan?
welcome-menu = Menu lain
welcome-continue = Lanjut
