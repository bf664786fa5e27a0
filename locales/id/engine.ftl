# Kalimat umum percakapan: dipakai oleh semua formulir. Satu bintang di kiri dan kanan = huruf tebal.

## Letak dan ringkasan
engine-topic = ({ $n } dari { $total }) { $text }
engine-summary_line = { $label }: *{ $value }*
engine-empty = –
engine-answer = Jawaban
engine-photos = { $n } foto
engine-files = { $n } berkas
engine-about = sekitar { $amount }
engine-price_per = { $amount } per { $unit }
engine-price_pack = { $amount } untuk { $pack } { $unit }
engine-per_day = { $amount } per hari
engine-per_week = { $amount } per minggu
engine-per_month = { $amount } per bulan
engine-per_year = { $amount } per tahun

## Jalan-jalan di dalam formulir
engine-resumed = Kita lanjutkan ya.
engine-go_on = Baik, kita lanjut.
engine-kept = Baik, jawaban yang tadi tetap dipakai.
engine-back = Kembali ke soal sebelumnya. Jawaban tadi: *{ $value }*.
engine-first = Ini soal yang pertama.
engine-was = { $label } yang tercatat: *{ $value }*.
engine-corrected = ✅ Sudah diubah. { $label }: *{ $value }*.
engine-known = Sudah tercatat. { $label }: *{ $value }*.
engine-nothing_to_edit = Belum ada jawaban yang bisa diubah.
engine-edited = Kalau ada jawaban yang salah, ketik *UBAH*.
engine-gone = Soal yang tadi sudah tidak ada.
engine-old_button = Tombol itu sudah tidak berlaku.
engine-type_phone = Tulis saja nomornya di sini ya.
engine-this_first = Soal ini dulu ya, sesudah itu dicek lagi.
engine-cancelled = Baik, kita berhenti dulu. Jawabannya kami simpan. Ketik *LANJUT* untuk meneruskan.
engine-retype = Baik. Coba tulis sekali lagi ya.
engine-more = ✅ Sudah kami terima. Kirim lagi, atau ketik *SELESAI*.

## Ramah saja
engine-nothing = Ya, kami di sini.
engine-sticker = 🙏
engine-greet = Salam hangat. Kita lanjutkan ya.
engine-thanks = Sama-sama.
engine-other = Pesan itu belum bisa kami buka.
engine-video = Videonya belum bisa kami terima. Foto saja ya.
engine-location = Lokasinya kami terima, tetapi belum kami perlukan.
engine-voice = Terima kasih, suaranya sudah kami simpan. Petugas akan mendengarkan. Kalau bisa, tuliskan juga ya.
engine-voice_choose = Suaranya kami simpan. Supaya tidak salah, tolong pilih atau ketik angkanya ya.
engine-kept_photo = Terima kasih, fotonya kami simpan.
engine-kept_document = Terima kasih, berkasnya kami simpan.
engine-kept_voice = Terima kasih, suaranya kami simpan.

## Belum paham: yang pertama mengatakan apa yang kurang (reject), lalu ini, lalu petugas
engine-choose = Tekan salah satu tombol, atau ketik angkanya saja:
engine-write_short = Maaf, belum terbaca. Tulis dengan kata yang singkat saja ya.
engine-offer_human = Mau saya sambungkan ke petugas?

reject-write = Tolong dijawab dengan tulisan ya.
reject-letters = Tolong ditulis dengan huruf ya.
reject-choose = Maaf, saya belum paham pilihannya.
reject-unclear = Maaf, saya belum paham.
reject-needed = Soal ini perlu dijawab dulu.
reject-too_short = Itu masih terlalu pendek.
reject-too_long = Itu terlalu panjang.
reject-nik = Nomor KTP tidak diperlukan dan tidak kami simpan. Pesan itu sebaiknya dihapus.
reject-zero = Angkanya tidak boleh nol.
reject-negative = Angkanya tidak boleh kurang dari nol.
reject-no_village = Desa itu belum ketemu.
reject-no_phone = Nomornya belum kami ketahui.
reject-too_many = Fotonya sudah cukup, paling banyak { $most }.
reject-too_few = Perlu { $fewest } foto, yang sudah masuk { $have }.
reject-photo = Di sini kami menunggu foto.
reject-number = Kirim fotonya, atau ketik nomornya.
reject-not_id = Itu bukan nomor HP Indonesia.
reject-landline = Itu nomor telepon rumah. Kami perlu nomor HP.
reject-no_such_date = Tanggal itu tidak ada.
reject-no_such_time = Jam itu tidak ada.
reject-no_time = Jamnya belum ada.

doubt-which = Yang mana?
doubt-sure = Maksudnya *{ $value }*?
doubt-village = *{ $value }*, betul?
doubt-merged = Jadi *{ $value }* ya?
doubt-unusual = Nomor *{ $value }* tidak seperti biasanya. Tetap dipakai?
doubt-field = Mana yang mau diubah?

## Tombol
button-yes = Ya
button-no = Tidak
button-yes_right = Ya, benar
button-no_other = Bukan
button-none_of_these = Bukan semuanya
button-never_mind = Tidak jadi
button-explain = Jelaskan dulu
button-right = Sudah betul
button-wrong = Ada yang salah
button-done = Selesai
button-skip = Lewati
button-continue = Lanjut
button-menu = Menu
button-share_phone = Kirim nomor HP saya
button-keep = Biarkan saja
button-human = Petugas
button-yes_human = Ya, petugas
button-no_go_on = Tidak, lanjut
