# What `sambang demo` prints: who is there, and how to chat as each of them.
demo-started = Sambang berjalan dengan contoh. Semua orang, usaha, dan nomor di sini rekaan. Datanya di { $folder }; hapus folder itu untuk mulai dari awal.
demo-producers = Mengobrol sebagai produsen:
demo-producer = { $name }: { $products }
demo-product = { $product } ({ $decision })
demo-officer = Mengobrol sebagai petugas { $name } (ketik /putuskan, /acara, atau /siaran):
demo-stranger = Mengobrol sebagai orang yang belum terdaftar:
demo-hint = Satu peramban adalah satu orang. Untuk melihat dua orang sekaligus, buka tautan kedua di jendela penyamaran.
