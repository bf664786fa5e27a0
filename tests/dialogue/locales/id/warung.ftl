# Formulir kecil untuk menguji mesin percakapan.
warung-consent = Kami menyimpan nama dan produk. Setuju?
warung-consent-yes = Setuju
warung-consent-ended = Baik, tidak apa-apa. Jawaban tadi sudah kami hapus.
warung-consent-explain = Data hanya untuk pendataan.
warung-name = Nama Bapak/Ibu siapa? Contoh: Siti Aminah
warung-name-label = Nama
warung-place = Dari desa mana? Contoh: Balerejo, Wlingi
warung-place-label = Desa
warung-phone = Nomor HP berapa? Contoh: 0820 0000 0001
warung-phone-label = HP
warung-kind = Termasuk jenis apa?
warung-kind-label = Jenis
warung-price = Harganya berapa? Contoh: 12 ribu per bungkus
warung-price-label = Harga
warung-price-unclear = Harganya belum terbaca. Contoh: 12 ribu per bungkus
warung-card = Kartu untuk { $name }.
warung-capacity = Sanggup membuat berapa? Contoh: 100 bungkus seminggu
warung-capacity-label = Kapasitas
warung-photos = Kirim foto produk, lalu ketik *SELESAI*.
warung-photos-short = Kirim foto.
warung-photos-label = Foto
warung-story = Ada cerita? Contoh: resep dari nenek
warung-story-label = Cerita
warung-check = Mohon dicek:
    { $summary }
    Sudah betul?

faq-cost = Tidak, semua gratis.
