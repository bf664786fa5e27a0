# Events: the officer's form and list, the invitation, answers and reminders (domain.md 6.2).
event-title = Undangan acara
event-name = Nama acaranya apa? Contoh: Pelatihan Kemasan
event-name-label = Acara
event-when = Kapan? Tulis hari, tanggal, dan jam. Contoh: 5 Desember jam 9 pagi
event-when-label = Waktu
event-when-past = Waktu itu sudah lewat. Tulis waktu yang akan datang. Contoh: 5 Desember jam 9 pagi
event-unit = Di desa mana? Tulis nama desa dan kecamatan. Contoh: { $unit_example }
event-unit-label = Desa
event-place = Tempatnya di mana? Contoh: Balai desa. Cukup nama desanya? Tekan *Lewati*.
event-place-label = Tempat
event-check = Mohon dicek:
    { $summary }
    Semua produsen terdaftar akan diundang. Sudah betul?
event-check-label = Pemeriksaan
event-planned = ✅ *{ $title }* tercatat: { $when } di { $place }. Undangan mulai dikirim. Ketik */acara* untuk melihat siapa yang hadir.
event-list = *Acara berikutnya*
event-row = *{ $title }*, { $when }, { $place }: hadir { $yes }, tidak { $no }, belum tahu { $maybe }, belum menjawab { $silent }
event-new_button = Acara baru
event-cancel_button = Batalkan { $title }
event-cancel_ask = *{ $title }*, { $when }. Betul dibatalkan? Semua yang diundang diberi tahu.
event-cancel_yes = Ya, batalkan
event-cancel_no = Tidak jadi
event-cancelled_done = { $title } dibatalkan. Yang diundang diberi tahu.
event-cancelled_before = { $title } sudah dibatalkan.

event-guest = Bapak/Ibu { $name }
event-guest_unnamed = Bapak/Ibu
event-invitation = { $guest } diundang ke *{ $title }*.
    { $when }
    { $place }
    Gratis. Bisa hadir?
event-cancelled = Mohon maaf, *{ $title }* pada { $when } *dibatalkan*. Kabar berikutnya kami kirim di sini.
event-over = { $title } sudah lewat.
event-tomorrow = Besok, { $day } pukul { $time }: *{ $title }* di { $place }. Sampai jumpa, { $guest }.
event-today = Hari ini pukul { $time }: *{ $title }* di { $place }. Sampai jumpa, { $guest }.
event-two_hours = Dua jam lagi, pukul { $time }: *{ $title }* di { $place }. Sampai jumpa, { $guest }.
rsvp-button-yes = Hadir
rsvp-button-no = Tidak bisa
rsvp-button-maybe = Belum tahu
rsvp-yes = ✅ Baik, tercatat hadir di { $title }. Nanti kami ingatkan.
rsvp-no = Baik, tidak apa-apa. Semoga lain waktu bisa ikut.
rsvp-maybe = Baik. Kalau sudah pasti, tekan *Hadir* atau *Tidak bisa*.
