# What the operator reads in the terminal, and the commands that Telegram lists.
console-started = Sambang berjalan. Obrolan web: { $url }
console-no_telegram = Telegram belum dinyalakan: tulis SAMBANG_TELEGRAM_TOKEN di .env (contoh di .env.example).
console-no_whatsapp = WhatsApp menyusul di rilis berikutnya: isian SAMBANG_WHATSAPP_ belum dipakai.
console-next = Petugas pertama: sambang officer add NAMA
telegram-command_daftar = Daftarkan produk
telegram-command_status = Lihat status kurasi
telegram-command_sertifikat = Sertifikat produk
telegram-command_menu = Semua pilihan
telegram-command_bantuan = Cara memakai
telegram-command_petugas = Bicara dengan petugas
telegram-command_bahasa = Ganti bahasa
telegram-command_berhenti = Berhenti menerima pesan
