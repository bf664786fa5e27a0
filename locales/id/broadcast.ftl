# Announcements: the officer's form, and the frame that everybody reads.
broadcast-title = Siaran
broadcast-text = Apa pengumumannya? Tulis dalam satu pesan, paling panjang 800 huruf.
broadcast-text-label = Pengumuman
broadcast-go = { $text }

    Dikirim ke *{ $count }* orang ({ $channels }). { $left_out ->
        [0] { "" }
       *[other] { $left_out } orang tidak dikirimi: belum setuju, berhenti, atau tidak terjangkau.{" "}
    }Kirim sekarang?
broadcast-go-yes = Kirim
broadcast-go-no = Batal
broadcast-go-label = Kirim
broadcast-go-ended = Baik, tidak jadi dikirim.
broadcast-channel = { $channel } { $count }
broadcast-on-telegram = Telegram
broadcast-on-webchat = obrolan web
broadcast-on-whatsapp = WhatsApp
broadcast-nobody = Belum ada yang bisa dikirimi pengumuman.
broadcast-too_often = Sudah { $most } pengumuman dalam 7 hari, dan kami berjanji tidak lebih. Coba lagi nanti. Sangat penting? Ketik *SIARAN PENTING*.
broadcast-started = ✅ Pengumuman mulai dikirim. Ketik */siaran* untuk melihat sampai mana. Nanti kami kabari kalau sudah selesai.
broadcast-progress = Pengumuman sedang dikirim: { $sent } dari { $all } terkirim, { $waiting } menunggu.
broadcast-done = Pengumuman selesai: { $sent } dari { $all } terkirim, { $unsure } tidak pasti, { $not_sent } tidak terkirim.
broadcast-stopped = Pengumuman dihentikan: { $sent } dari { $all } terkirim.
broadcast-button-look = Lihat lagi
broadcast-button-stop = Hentikan
broadcast-frame = *Pengumuman { $program }*
    { $text }
    — { $dinas }. Balas *STOP PENGUMUMAN* kalau tidak mau menerima pengumuman.
