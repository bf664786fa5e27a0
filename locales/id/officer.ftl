# The officer's own chat.
officer-welcome = ✅ Selamat datang, { $name }. Obrolan ini sekarang khusus untuk pekerjaan Anda di { $program }.
officer-menu = { $name }, apa yang mau dikerjakan?
officer-line-decide = */putuskan* memeriksa produk yang menunggu
officer-line-event = */acara* mengundang ke acara
officer-line-broadcast = */siaran* mengirim pengumuman
officer-button-decide = Putuskan
officer-button-event = Acara
officer-button-broadcast = Siaran
officer-producer_button = Menu produsen
officer-no_link = Tautan itu tidak berlaku. Minta tautan yang baru ya.
officer-no_right = Itu di luar tugas Anda sekarang. Hubungi admin program ya.
officer-quiet = Sekarang jam tenang: baru sampai mulai { $when }.
officer-again = Lihat lagi

# /putuskan
decide-title = Keputusan
decide-none = Tidak ada produk yang menunggu. Terima kasih.
decide-same = Produk lain tidak ada yang menunggu. Ini produk yang sama, di tahap berikutnya: *{ $stage }*.
decide-left_out = Sudah sampai akhir. Masih ada { $count } produk yang menunggu.
decide-card = *{ $product }* ({ $number })
    { $owner }, { $village }
    Jenis: { $category }
    Harga: { $price }
    Kemampuan: { $capacity }
    Sertifikat: { $certificates }
    Tahap: *{ $stage }*, menunggu { $days ->
        [0] sejak hari ini
       *[other] { $days } hari
    }. Antrean: { $waiting }.
decide-certificate = { $kind } { $state }
decide-button-lolos = Lolos
decide-button-perlu_perbaikan = Perlu perbaikan
decide-button-kurang_berkas = Berkas kurang
decide-button-tidak_lolos = Belum lolos
decide-button-skip = Lewati
decide-feedback = *{ $product }*: *{ $result }*. Apa alasannya? Tulis yang baik dan yang perlu diperbaiki. Contoh: Rasanya enak. Label belum ada tanggal kedaluwarsa.
decide-feedback-label = Catatan
decide-step = Langkah berikutnya apa? Tekan salah satu, atau tulis sendiri.
decide-step-label = Langkah
decide-step-photo = Kirim foto baru
decide-step-papers = Lengkapi sertifikat
decide-step-mentor = Minta pendampingan
decide-words = *{ $product }*: *{ $result }*. Ada pesan untuk produsen? Tulis, atau tekan *Lewati*. Belum yakin? Ketik *BATAL*.
decide-words-label = Pesan
decide-done = ✅ { $product }: *{ $result }*. Produsen langsung diberi tahu (No. K-{ $number }).
decide-taken = { $product } sudah diputuskan petugas lain, atau baru saja berubah. Keputusan itu yang berlaku.
decide-refused = { $product } tidak bisa diputuskan begitu di tahap ini.
# what the producer reads beside the decision
decide-number = No. K-{ $number }
decide-words_told = Pesan petugas: { $feedback }

# sambang officer add
officer-added = Tautan masuk untuk { $name }, berlaku 24 jam dan sekali pakai:
officer-no_telegram = Tautan Telegram tidak bisa dibuat: Telegram sedang tidak terjangkau. Coba lagi nanti.
