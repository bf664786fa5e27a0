# Questions that people ask back, answered in 20 words; the open question follows (dialogue.md rule 12).
faq-cost = Gratis. { $program } tidak pernah meminta uang, PIN, atau kode OTP.
faq-safe = Aman. Data hanya dipakai { $dinas }. Kami tidak meminta uang, PIN, atau foto KTP.
faq-why = Supaya produk Bapak/Ibu terdata, dikurasi, didampingi, dan bisa dikenal pembeli.
faq-who = Saya { $bot }, asisten { $program } dari { $dinas }. Petugas ikut membaca.
faq-long = Sekitar lima menit. Boleh berhenti dulu, jawabannya kami simpan.
faq-catalogue = Katalog adalah halaman yang dilihat pembeli: foto, nama produk, dan desanya. Gratis. Boleh ditolak.
