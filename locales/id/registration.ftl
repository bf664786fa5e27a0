# Who the producer is. A new consent text needs a new version (UU 27/2022 art. 24: which text was agreed to).
registration-consent-version = 2026-11-a
registration-title = Pendaftaran
registration-consent = { $dinas } menyimpan nama, nomor HP, desa, produk, foto, dan sertifikat Bapak/Ibu. Gunanya: pendataan, kurasi, pendampingan, dan kabar acara. Kami *tidak* meminta uang, PIN, atau KTP. Setuju?
registration-consent-short = Setuju data itu kami simpan untuk program ini?
registration-consent-yes = Setuju
registration-consent-explain_button = Jelaskan dulu
registration-consent-no = Tidak
registration-consent-explain = Data disimpan selama program berjalan dan { $years } tahun sesudahnya. Ketik *DATA SAYA* untuk melihatnya, *HAPUS DATA* untuk menghapusnya, kapan saja. Kontak petugas data: { $data_officer }.
registration-consent-ended = Baik, tidak apa-apa. Jawaban tadi sudah kami hapus. Kalau berubah pikiran, ketik *DAFTAR*. Mau bicara dengan petugas? Ketik *9*.
registration-consent-label = Persetujuan

registration-adult = Usia Bapak/Ibu sudah 18 tahun ke atas?
registration-adult-yes = Sudah
registration-adult-no = Belum
registration-adult-ended = Mohon ajak orang tua, guru, atau pengurus yang sudah 18 tahun untuk mendaftar, ya. Jawaban tadi sudah kami hapus.
registration-adult-label = Usia

registration-name = Nama Bapak/Ibu siapa? Contoh: Siti Aminah
registration-name-label = Nama

registration-unit = Dari desa mana? Tulis nama desa dan kecamatan. Contoh: { $unit_example }
registration-unit-label = Desa

registration-phone = Nomor HP yang bisa dihubungi berapa? Contoh: 0820 0000 0001. Boleh juga *LEWATI*.
registration-phone-label = Nomor HP

registration-finished = Terima kasih, Bapak/Ibu { $name }. Sekarang produknya, ya.
registration-villages = { $village }, dan { $count } desa lain
