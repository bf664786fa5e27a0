# Menu numbers are fixed (domain.md 6.1). A line is shown only where its entry exists.
menu-title = *Menu*. Ketik angkanya, atau tekan tombol.
menu-line = *{ $number }* { $entry }
menu-register = Daftar produk
menu-status = Cek status kurasi
menu-photo = Foto produk
menu-certificates = Sertifikat
menu-profile = Data saya
menu-human = Bicara dengan petugas
menu-button-register = Daftar produk
menu-button-status = Cek status
menu-button-photo = Foto produk
menu-button-certificates = Sertifikat
menu-button-profile = Data saya
menu-button-human = Petugas
menu-help = Ketik *MENU* untuk pilihan, *KEMBALI* untuk soal sebelumnya, *BATAL* untuk keluar dari isian. *BERHENTI* menghentikan pesan kami. English? Ketik *ENGLISH*.
