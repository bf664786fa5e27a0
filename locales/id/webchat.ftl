# The web chat's page. { $name } is the bot's name, { $unit } the programme's word for desa.
webchat-title = Obrolan · { $name }
webchat-promise = Daftarkan produk { $unit } Anda lewat obrolan.
webchat-lead = Jawab beberapa pertanyaan singkat dan kirim foto. Boleh berhenti kapan saja; jawaban Anda tersimpan dan bisa dilanjutkan nanti.
webchat-office = Obrolan petugas
webchat-office-lead = Ketik *MENU* untuk melihat semua tugas.
webchat-step-consent = Persetujuan data
webchat-step-consent-note = 2 ketukan
webchat-step-person = Nama dan { $unit }
webchat-step-person-note = sekitar 1 menit
webchat-step-product = Produk, jenis, harga
webchat-step-product-note = sekitar 2 menit
webchat-step-photos = Foto produk
webchat-step-photos-note = 1 sampai 5 foto
webchat-step-check = Periksa dan kirim
webchat-step-check-note = sekitar 1 menit
webchat-safety = Gratis. Kami tidak pernah meminta uang, PIN, kode OTP, atau foto KTP.
webchat-elsewhere = Lebih suka aplikasi lain?
webchat-on-whatsapp = Lanjutkan di WhatsApp
webchat-on-telegram = Lanjutkan di Telegram

webchat-conversation = Percakapan
webchat-connected = tersambung · membalas langsung
webchat-connecting = menyambung…
webchat-offline = terputus · pesan disimpan
webchat-plain = tanpa skrip · muat ulang untuk balasan
webchat-reload = Muat ulang
webchat-progress = { $n } dari { $of } · tersimpan
webchat-lost-first = Sambungan terputus.
webchat-lost = Pesan Anda aman dan dikirim otomatis.
webchat-today = Hari ini, { $date }
webchat-begin = Mulai
webchat-newer = Pesan baru

webchat-menu = Menu
webchat-word-menu = menu
webchat-word-menu-note = semua pilihan
webchat-word-status = status
webchat-word-status-note = hasil pemeriksaan produk
webchat-word-help = bantuan
webchat-word-help-note = cara memakai obrolan ini
webchat-word-human = petugas
webchat-word-human-note = bicara dengan orang
webchat-word-stop = berhenti
webchat-word-stop-note = tidak menerima pesan lagi
webchat-word-back = kembali
webchat-word-cancel = batal

webchat-write = Tulis pesan
webchat-write-phone = Nomor HP, contoh 0820 0000 0001
webchat-send = Kirim
webchat-send-photo = Kirim foto
webchat-hint = Ketik *{ webchat-word-back }*, *{ webchat-word-cancel }*, atau *{ webchat-word-human }* kapan saja

webchat-photo = Foto
webchat-own-photo = Foto yang Anda kirim
webchat-document = Berkas
webchat-sending = mengirim · { $done } dari { $total } kB
webchat-waiting = menunggu giliran
webchat-state-queued = menunggu dikirim
webchat-state-sent = tersimpan
webchat-state-read = dibaca
webchat-state-failed = tidak terkirim

webchat-empty = Pesannya masih kosong. Tulis sesuatu atau kirim foto, ya.
webchat-too-long = Pesannya terlalu panjang. Mohon dibagi menjadi beberapa pesan.
webchat-too-large = Berkasnya terlalu besar, paling banyak 20 MB. Kirim foto yang lebih kecil, ya.
webchat-no-photo = Fotonya tidak ikut terkirim. Mohon pilih fotonya sekali lagi.
webchat-bad-post = Pesan itu tidak bisa dibaca. Mohon muat ulang halaman ini, lalu coba lagi.
webchat-no-chat = Obrolan ini belum dibuka di HP ini. Mohon muat ulang halamannya.
webchat-elsewhere-origin = Pesan itu tidak datang dari halaman obrolan ini.
webchat-unavailable = Maaf, sedang ada gangguan. Pesan Anda dikirim lagi otomatis.
webchat-no-programme = Program itu tidak ada di sini.
webchat-no-programme-note = Mohon periksa alamat halamannya, atau mulai dari awal.
webchat-to-chat = Buka obrolan

# The chat in a terminal
webchat-talk-silent = Sambang tidak menjawab: { $cause }
