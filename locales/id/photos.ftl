# Photos: what the person hears of them. {$count} photos of this product are stored, {$waiting} are still on their road.
photo-received = ✅ { $count } foto sudah kami terima. Kirim lagi, atau ketik *SELESAI*.
photo-early = ✅ { $count } foto sudah kami simpan. Silakan jawab soal yang tadi.
photo-done = Selesai
photo-twin = Foto ini sama dengan yang tadi. Kami simpan satu saja.
photo-dark = Fotonya agak gelap. Kalau bisa, kirim lagi di tempat yang lebih terang.
photo-blurred = Fotonya agak buram. Kalau bisa, kirim lagi dengan HP yang tidak bergerak.
photo-refused-not_a_picture = Berkas itu bukan foto yang bisa kami buka. Kirim fotonya dari galeri atau kamera ya.
photo-refused-too_large_bytes = Fotonya terlalu besar untuk kami terima. Kirim yang di bawah 20 MB ya.
photo-refused-too_many_pixels = Fotonya terlalu besar untuk kami buka. Kirim dengan ukuran lebih kecil ya.
photo-refused-too_small = Fotonya kecil sekali. Kirim foto aslinya ya, bukan tangkapan layar.
photo-refused-broken = Fotonya tidak sampai utuh. Mohon kirim sekali lagi ya.
photo-refused-lost = Fotonya tidak bisa kami ambil. Mohon kirim sekali lagi ya.
