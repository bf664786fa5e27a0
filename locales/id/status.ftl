# Where products stand, and what is told when an officer decided. "Belum lolos" is kinder than "gagal".
decision-menunggu = Menunggu pemeriksaan
decision-kurang_berkas = Berkas kurang
decision-perlu_perbaikan = Perlu perbaikan
decision-dalam_pembinaan = Dalam pembinaan
decision-lolos = Lolos tahap ini
decision-tidak_lolos = Belum lolos
decision-menunggu-mark = ⏳{" "}
decision-kurang_berkas-mark = { "" }
decision-perlu_perbaikan-mark = { "" }
decision-dalam_pembinaan-mark = ⏳{" "}
decision-lolos-mark = ✅{" "}
decision-tidak_lolos-mark = { "" }

status-product = Produk: *{ $product }* ({ $number })
    Tahap: *{ $stage }* ({ $n } dari { $of })
    Hasil: { $mark }{ $decision } sejak { $since }
status-feedback = Catatan: { $feedback }
status-step = Yang bisa dilakukan: { $step }
status-next = Berikutnya: { $next }.
status-last = Ini tahap terakhir.
status-row = *{ $product }*: { $stage } ({ $n } dari { $of }), { $mark }{ $decision } sejak { $since }
status-more = Ada { $count } produk lain.
status-none = Bapak/Ibu belum punya produk terdaftar. Ketik *1* untuk mendaftar.
status-unfinished = { $form } belum selesai. Yang belum: { $missing }.
status-go_on = Mau dilanjutkan?
status-photo_button = Kirim foto baru
status-help_button = Minta dibantu
status-button = Cek status

told-lolos = ✅ Selamat, Bapak/Ibu { $owner }. { $product } *lolos* tahap { $stage }. Berikutnya: { $next }.
told-last = ✅ Selamat, Bapak/Ibu { $owner }. { $product } *lolos* tahap terakhir: { $stage }.
told-perlu_perbaikan = Bapak/Ibu { $owner }, hasil { $stage } untuk { $product }: *{ $decision }*.
    Catatan: { $feedback }
    Kalau sudah diperbaiki, kirim foto baru lewat menu *3*. Ada pertanyaan? Ketik *9*.
told-kurang_berkas = Bapak/Ibu { $owner }, hasil { $stage } untuk { $product }: *{ $decision }*.
    Yang perlu dilengkapi: { $feedback }
    Kirim lewat menu *4*. Perlu bantuan? Ketik *9*.
told-dalam_pembinaan = Bapak/Ibu { $owner }, { $product } sekarang *{ $decision }* di tahap { $stage }.
    Catatan: { $feedback }
    Pendamping akan menghubungi Bapak/Ibu. Ada pertanyaan? Ketik *9*.
told-tidak_lolos = Bapak/Ibu { $owner }, { $product }: *{ $decision }* di tahap { $stage }.
    Catatan kurator: { $feedback }
    Bapak/Ibu tetap bisa ikut pembinaan. Ketik *9* untuk dibantu petugas.
told-menunggu = Bapak/Ibu { $owner }, { $product } diperiksa lagi di tahap { $stage }. Alasannya: { $feedback }
told-step = Langkah berikutnya: { $step }
