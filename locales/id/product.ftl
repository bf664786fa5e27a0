product-title = Pendaftaran produk
product-consent-version = 2026-11-a
product-name = Nama produknya apa? Contoh: Keripik Singkong Balerejo
product-name-label = Nama produk
product-card = *Kartu produk* (sementara)
    Nomor: *{ $number }*
    Produk: { $name }
    Dari: { $village }
    Pemilik: { $owner }
product-category = Termasuk jenis apa?
product-category-label = Jenis
product-price = Harganya berapa, dan untuk berapa? Contoh: 12 ribu per bungkus
product-price-label = Harga
product-capacity = Biasanya sanggup membuat berapa? Contoh: 100 bungkus seminggu. Belum tahu? Ketik *LEWATI*.
product-capacity-label = Kemampuan
product-photos = 📷 Sekarang kirim foto produk. Paling bagus tiga: dari depan, kemasan dengan labelnya, dan cara membuatnya. Sudah semua? Ketik *SELESAI*. Belum ada foto? Ketik *LEWATI*.
product-photos-short = 📷 Kirim foto produk. Sudah semua? Ketik *SELESAI*. Belum ada foto? Ketik *LEWATI*.
product-photos-label = Foto
product-catalogue = Bolehkah foto dan nama produk tampil di katalog umum? Pembeli jadi bisa menghubungi Bapak/Ibu.
product-catalogue-yes = Boleh
product-catalogue-no = Jangan dulu
product-catalogue-label = Katalog
product-check = Mohon dicek:
    { $summary }
    Sudah betul?
product-check-yes = Sudah betul
product-check-no = Ada yang salah
product-check-label = Pemeriksaan

product-done = ✅ Terima kasih, Bapak/Ibu { $owner }. { $product } sudah terdaftar. Nomor: *{ $number }*. Petugas akan memeriksa paling lama { $days } hari kerja. Ketik *STATUS* kapan saja.
product-again_button = Produk lain
product-certificates_button = Sertifikat

announcements-title = Pengumuman
announcements-consent-version = 2026-11-b
announcements-allowed = Bolehkah kami kirim pengumuman di sini? Paling banyak 2 kali seminggu.
announcements-allowed-yes = Boleh
announcements-allowed-no = Tidak usah
announcements-allowed-label = Pengumuman
announcements-yes = Baik, pengumuman akan kami kirim. Untuk menghentikannya, ketik *STOP PENGUMUMAN*.
announcements-no = Baik, pengumuman tidak kami kirim. Hasil pemeriksaan tetap kami kabarkan.

photo-title = Kirim foto produk
photo-product = Foto ini untuk produk yang mana?
photo-product-label = Produk
photo-photos = 📷 Silakan kirim fotonya, satu sampai lima. Sudah semua? Ketik *SELESAI*.
photo-photos-label = Foto
photo-saved = ✅ { $count } foto { $product } sudah kami simpan. Petugas akan melihatnya.
photo-none = Belum ada foto yang masuk. Tidak apa-apa, lain kali lewat menu *3*.
photo-no_product = Bapak/Ibu belum punya produk terdaftar. Ketik *1* untuk mendaftar, fotonya menyusul.
