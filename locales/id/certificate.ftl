# Certificates: first whether there is one, then a photo or its number, never a block (domain.md 0.8).
certificate-title = Sertifikat
certificate-list = Sertifikat { $number }:
certificate-line = { $kind }: { $mark }{ $state }
certificate-kind = Mau ubah yang mana?
certificate-kind-label = Sertifikat
certificate-state = Apakah sudah punya *{ $kind }*? { $kind ->
    [NIB] NIB adalah nomor izin usaha.
    [PIRT] PIRT adalah izin makanan rumahan dari Dinas Kesehatan.
    [Halal] Yang dimaksud sertifikat halal, bukan bahan halal.
    [Merek] Merek adalah nama dagang yang terdaftar di DJKI.
    [BPOM] BPOM MD adalah izin edar untuk pangan olahan.
    [QRIS] QRIS adalah kode bayar dari bank.
   *[other] { "" }
    }
certificate-state-label = Keadaan
certificate-state-issued = Sudah
certificate-state-in_progress = Sedang diurus
certificate-state-none = Belum
certificate-number = Kirim foto atau PDF sertifikatnya, atau ketik nomornya. { $kind ->
    [NIB] NIB ada 13 angka.
    [PIRT] Contoh: 2063505010001-31.
    [Halal] Contoh: ID35110000000010126.
    [Merek] Contoh: IDM000000001.
    [BPOM] Contoh: MD 245009001018.
    [QRIS] NMID diawali ID dan 13 angka.
   *[other] { "" }
    } Tidak ada di tangan? Ketik *LEWATI*.
certificate-number-label = Nomor
certificate-number-unusual = { $kind ->
    [NIB] Nomor NIB biasanya 13 angka, yang ini { $digits }.
    [PIRT] Nomor PIRT biasanya 15 angka, yang ini { $digits }.
   *[other] Nomor { $kind } biasanya tidak seperti ini: { $value }.
    } Boleh juga kirim fotonya saja. Tetap simpan nomor ini?
certificate-number-again = Kirim foto sertifikatnya saja, atau ketik *LEWATI*.
certificate-help = Baik, tidak apa-apa. { $kind } bisa dibantu petugas. Mau dihubungi pendamping?
certificate-help-yes = Mau
certificate-help-no = Nanti saja
certificate-help-label = Pendamping

certificate-saved-issued = ✅ { $kind } sudah kami catat. Petugas akan memeriksanya.
certificate-saved-in_progress = ✅ Kami catat: { $kind } sedang diurus.
certificate-saved-none = Baik, { $kind } kami catat belum ada.
certificate-saved-help = ✅ Permintaan bantuan { $kind } sudah kami catat. Pendamping akan menghubungi Bapak/Ibu.
certificate-other_button = Sertifikat lain
certificate-no_producer = Sertifikat dicatat setelah produk didaftarkan. Ketik *1* untuk mendaftar.

certificate-halal_required = Sertifikat halal sekarang wajib untuk makanan dan minuman. Petugas bisa membantu.

certificate-name-nib = NIB
certificate-name-pirt = PIRT
certificate-name-halal = Halal
certificate-name-merek = Merek
certificate-name-bpom_md = BPOM
certificate-name-qris = QRIS
certificate-name-sni = SNI
certificate-name-gs1 = Barcode GS1
certificate-name-hak_cipta = Hak cipta

certificate-none = belum ada
certificate-in_progress = sedang diurus
certificate-issued = terbit
certificate-verified = terbit, sudah diperiksa
certificate-expiring = hampir habis
certificate-expired = kedaluwarsa
certificate-rejected = ditolak
certificate-not_required = tidak perlu

certificate-none-mark = { "" }
certificate-in_progress-mark = ⏳{" "}
certificate-issued-mark = ✅{" "}
certificate-verified-mark = ✅{" "}
certificate-expiring-mark = ⏳{" "}
certificate-expired-mark = { "" }
certificate-rejected-mark = { "" }
certificate-not_required-mark = { "" }
