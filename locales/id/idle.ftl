# What is said while no form is open.
idle-unknown_1 = Maaf, saya belum paham.
idle-unknown_2 = Maaf, belum paham juga. Coba ketik angkanya saja ya.
idle-offer_human = Mau saya sambungkan ke petugas?
idle-human = Ya, petugas
idle-menu = Menu
idle-old_button = Tombol itu sudah tidak berlaku.
idle-gone = Formulir yang tadi sudah tidak dipakai lagi. Mohon maaf.
idle-nothing_open = Tidak ada isian yang belum selesai. Ketik *MENU* untuk melihat pilihan.
idle-voice = Terima kasih, suaranya sudah kami simpan. Petugas akan mendengarkan.
idle-document = Terima kasih, berkasnya sudah kami simpan. Petugas akan melihatnya.
error = Maaf, sedang ada gangguan. Jawaban Bapak/Ibu *aman*. Silakan coba lagi sebentar lagi, atau ketik *MENU*.
nik = Nomor KTP tidak diperlukan dan tidak kami simpan. Pesan itu sebaiknya Bapak/Ibu hapus.
