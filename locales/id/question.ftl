question-text = Baik, petugas akan membalas di sini pada jam kerja ({ $hours }). Silakan tulis pertanyaannya. Contoh: Kapan produk saya diperiksa?
question-kept = ✅ Sudah kami teruskan ke petugas. Dibalas pada jam kerja ({ $hours }).
