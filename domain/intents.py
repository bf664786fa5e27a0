"""What people want when they answer no question: commands, leaving and going on, yes and no, a choice from a list.

The tables hold how people write, in Indonesian with the everyday words of Javanese,
Sundanese and chat. `read_*` takes
only what surely means it; `guess_intent` is for what nothing else understood, and its guess is asked or harmless.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from domain.figures import count_of
from domain.reading import LONGEST_ANSWER
from domain.words import bare, plain, word_set, words_of

__all__ = [
    "Intent",
    "Navigation",
    "Rsvp",
    "guess_intent",
    "is_abuse",
    "is_start_again",
    "is_stop",
    "is_unknown",
    "read_choice",
    "read_choices",
    "read_intent",
    "read_navigation",
    "read_rsvp",
    "read_yes_no",
    "stop_scope",
]

Navigation = Literal["cancel", "back", "skip", "continue", "done"]


@dataclass(frozen=True, slots=True)
class Intent:
    """`name` as in domain.md 6.4; `detail` is the certificate kind, or 'broadcast' for a stop of announcements only."""

    name: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Rsvp:
    """An answer to an invitation; `guests` come beside the person."""

    answer: Literal["yes", "no", "maybe"]
    guests: int = 0


def _lines(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in re.split(r"[,\n]", text) if phrase.strip())


# -- the form in which phrases are compared ---------------------------------------------------------------------------

_SPELLINGS = {
    "saya": "sy sya aku ak kulo kula abdi gue gw q aq",
    "mau": "mw mo pgn pengen pingin ingin kepingin pengin hoyong hayang arep badhe bade akan pen pgen kepengin",
    "gimana": "gmn gmana bagaimana bgmn gmna piye kumaha pripun gimna",
    "yang": "yg",
    "untuk": "utk",
    "dengan": "dgn",
    "sudah": "udh udah sdh dah sdah uda wis uwis wes sampun parantos atos",
    "belum": "blm blum blom durung dereng tacan bln belom",
    "tidak": "gak ga gk nggak ngga enggak engga ndak tdk tak kagak kaga mboten henteu teu ora ra nda tida",
    "bisa": "bs bsa saged tiasa iso",
    "foto": "pic poto photo foto2 gambar gmbr pict gambare fotonya fhoto",
    "nomor": "nomer no nmr",
    "kirim": "krim ngirim kirimkan mengirim upload unggah ngintun kintun",
    "surat": "surat2",
    "izin": "ijin",
    "sertifikat": "sertipikat sertfikat setifikat sertifikatnya",
    "daftar": (
        "dftr dftar daptar ndaftar mendaftar ngdaftar daftr ndaptar registrasi regis register reg mendaftarkan "
        "daftarin daftarkan pendaftaran ngadaptar"
    ),
    "bicara": "ngomong ngobrol bcara berbicara omong chat nyarios",
    "orang": "org",
    "lagi": "lg lgi maneh deui malih",
    "jangan": "jgn jngn jngan ojo ulah",
    "saja": "aja wae ae mawon aj",
    "status saya": "statusku",
    "status": "statusnya",
    "produk saya": "produkku",
    "produk": "produknya prodak prduk dagangan",
    "ikut": "melu ngiring ngilu join gabung bergabung nderek ikutan mengikuti",
    "bantuan": "bantuin",
    "tolong": "tlg tlng tulung",
    "hapus": "hps apus delete menghapus hapuskan hilangkan busek",
    "ubah": "edit ganti rubah mengubah merubah perbaiki betulkan gentos robah update",
    "tambah": "nambah tmbh menambah tambahkan nambih",
    "lihat": "liat lht ngeliat ningali ndelok melihat",
    "cek": "ngecek periksa check cekk",
    "kapan": "kpn kapn iraha",
    "admin": "admn",
    "jadwal": "jdwl jadwl jadual",
    "acara": "acr",
    "menu": "menu2",
}
_SHORT = {form: word for word, forms in _SPELLINGS.items() for form in forms.split()}
_COURTESY = word_set(
    """
    pak bapak bpk bu ibu buk mas mbak mba kak kakak min bang bung kang teh teteh om tante dek gan sis bro ya yah yaa
    iya dong donk deh sih kok lah nih tuh to yo lho loh nggih dulu dlu saja mohon monggo mangga coba please plis pls
    tolonglah nya kah toh admin-nya boleh bisa minta mnta nyuwun punten maaf sekarang skrg ini itu yang atuh euy mah
    dululah ah eh hai halo hallo permisi assalamualaikum a
    """
)
_REPEATED = re.compile(r"([a-z])\1{2,}")


@lru_cache(maxsize=4096)
def _said(text: str) -> str:
    """One spelling for one meaning: 'sy mw ndaftar!!' is 'saya mau daftar'."""
    words = re.findall(r"[^\W_]+", _REPEATED.sub(r"\1", plain(text)))
    return " ".join(_SHORT.get(word, word) for word in words)


def _core(said: str) -> str:
    """Without courtesies, 'saya' and 'mau': what is left is the matter. A text of courtesies only stays as it is."""
    kept = [word for word in said.split() if word not in _COURTESY and word not in {"saya", "mau"}]
    return " ".join(kept) or said


# -- stopping: before everything else ---------------------------------------------------------------------------------

_STOP_FIRST = word_set(
    """
    berhenti stop unreg unsub unsubscribe brenti brhenti berenti henti setop mandeg mandek eureun
    """
)
_STOP_WHOLE = frozenset(
    _lines("""
    cabut, jangan kirim lagi, tidak usah kirim, tidak usah kirim lagi, stop kirim, hapus nomor saya, hapus nomor,
    off, setop,
    tidak usah kirim pesan, tidak usah kirim pesan lagi, jangan kirim pesan lagi, jangan kirim pesan,
    jangan hubungi lagi,
    jangan hubungi saya, jangan hubungi saya lagi, jangan wa lagi, jangan wa saya lagi, jangan ganggu,
    jangan ganggu lagi,
    jangan ganggu saya, tidak mau terima pesan, tidak mau terima pesan lagi, tidak mau dikirimi lagi,
    keluar dari daftar,
    keluarkan saya, keluarkan saya dari daftar, keluarkan nomor saya, hapus saya dari daftar,
    hapus nomor saya dari daftar,
    keluar grup, cabut nomor saya, cabut langganan, batal langganan, batalkan langganan, jangan kirimi saya lagi,
    jangan kirimi lagi, jangan kirim apa apa lagi, tidak mau terima kabar lagi, tidak mau diganggu,
    jangan kirim kirim lagi,
    tidak perlu kirim lagi, tidak perlu kirim pesan lagi, opt out, optout, jangan bicara lagi,
    jangan bicara saya lagi,
    jangan dikirim lagi, jangan dikirimi lagi, jangan dikirimi pesan lagi, tidak usah dikirimi lagi, mau berhenti,
    saya mau berhenti,
    saya berhenti, mau stop, minta berhenti, tolong berhenti, tolong stop, tidak mau ikut lagi,
    saya mau keluar dari daftar,
    mau keluar dari daftar, keluar dari program, tidak usah kirim kirim lagi, jangan kirim wa lagi, tidak usah wa lagi
    """)
)
_ONLY_BROADCASTS = re.compile(
    r"\b(?:promo|promosi|pengumuman|pengumumn|broadcast|bc|iklan|siaran|undangan|kabar|info|berita)\b"
)
# 'stop kontak' is a socket; who stops producing has a trouble to tell
_NOT_A_STOP = re.compile(
    r"^(?:stop|berhenti|setop) (?:kontak|kran|keran|produksi|usaha|jualan|jual|kerja|bekerja|dagang|operasi|sekolah|"
    r"beroperasi|map)\b"
)
_REAL_NEIGHBOURS = word_set(
    """
    stok step sop top shop slop stob stof atop stow estop stom
    """
)


def is_stop(text: str) -> bool:
    """Whether this stops messages, at once and before any question (domain.md 5.3); also with one letter wrong."""
    said = _said(text[:LONGEST_ANSWER])
    if not said or _NOT_A_STOP.match(said):
        return False
    words = said.split()
    bare_words = [word for word in words if word not in _COURTESY] or words
    if words[0] in _STOP_FIRST or bare_words[0] in _STOP_FIRST:
        return True
    return (
        " ".join(bare_words) in _STOP_PLAIN
        or said in _STOP_WHOLE
        or (len(bare_words) == 1 and _misspelt_stop(bare_words[0]))
    )


def _misspelt_stop(word: str) -> bool:
    if word in _REAL_NEIGHBOURS or word[:1].isdigit() or (len(word) < 4 and word != "stp"):
        return False
    return any(
        OSA.distance(word, stop, score_cutoff=1) <= 1 for stop in ("berhenti", "stop", "unreg", "unsubscribe", "unsub")
    )


def stop_scope(text: str) -> Literal["all", "broadcast"]:
    """What is_stop stops: everything, or only announcements ('STOP PENGUMUMAN')."""
    return "broadcast" if _ONLY_BROADCASTS.search(_said(text[:LONGEST_ANSWER])) else "all"


_STOP_PLAIN = frozenset(
    " ".join(word for word in phrase.split() if word not in _COURTESY) or phrase for phrase in _STOP_WHOLE
)

_START_AGAIN = frozenset(
    _lines("""
    mulai, mulai lagi, langganan, langganan lagi, daftar lagi, start, aktif lagi, aktifkan lagi, aktifkan,
    lanjut lagi, kirim lagi,
    berlangganan, berlangganan lagi, mau langganan, mau langganan lagi, mau terima lagi, terima lagi,
    saya mau ikut lagi, ikut lagi,
    terima pesan lagi, mau terima pesan lagi, boleh kirim lagi, hidupkan lagi, nyalakan lagi, on, subscribe,
    gabung lagi, mimiti deui,
    mulai maneh, mimiti lagi, saya mau mulai lagi, mau mulai lagi, ikut, mau ikut lagi, aktif
    """)
)


def is_start_again(text: str) -> bool:
    """Whether somebody who stopped wants messages again. Only for who has stopped: else 'mulai' is a greeting."""
    said = _said(text[:LONGEST_ANSWER])
    return said in _START_AGAIN or _core(said) in _START_AGAIN


# -- commands ---------------------------------------------------------------------------------------------------------

_ALIASES: dict[Intent, str] = {
    Intent("register"): """
        1, daftar, mau daftar, cara daftar, daftar gimana, gimana daftar, gimana cara daftar, gimana caranya daftar,
        ikut,
        mau ikut, daftar baru, daftar usaha, daftar umkm, daftar ovop, daftar opop, daftar opor, daftar program,
        ikut program,
        ikut ovop, daftar produk, mau daftar produk, daftar anggota, daftar peserta, ikut kurasi, bade daftar,
        form daftar,
        isi formulir, formulir, mulai daftar, daftar disini, daftar di sini, daftar dimana, daftar umkm saya,
        daftar orang lain,
        daftar sini, mau jadi peserta, jadi peserta, jadi anggota, bikin akun, buat akun, sign up,
        ikut daftar, /daftar, caranya daftar""",
    Intent("status"): """
        2, status, cek status, sts, stts, status saya, status produk, status produk saya, lihat status, hasil,
        hasil kurasi,
        hasilnya, cek hasil, lolos tidak, lolos, lulus tidak, sudah lolos belum, sudah lolos, sampai mana,
        sudah sampai mana,
        sudah dicek belum, sudah diperiksa belum, sudah diperiksa belum produk saya, gimana status saya,
        gimana hasil, gimana hasilnya,
        gimana produk saya, status kurasi, cek status kurasi, kurasi, tahap apa, sudah tahap apa, status daftar,
        nomor pendaftaran,
        perkembangan, gimana perkembangannya, progres, progress, produk saya gimana, gimana kabar produk saya,
        diterima tidak, kapan hasilnya,
        sudah diterima belum, pengumuman kurasi, hasil pemeriksaan, kapan diperiksa, gimana nasib produk saya,
        /status, nilai saya, nilai""",
    Intent("photo"): """
        3, foto, kirim foto, foto produk, kirim foto produk, mau kirim foto, tambah foto, ubah foto, foto baru,
        kirim foto baru, fotonya,
        foto produk saya, cara kirim foto, gimana kirim foto, kirim foto lagi, foto lagi, kirim poto,
        ubah foto produk, /foto""",
    Intent("certificates"): """
        4, certificate, certificates,
        sertifikat, surat, surat surat, surat izin, izin, izin edar, izin usaha, perizinan, legalitas,
        sertifikasi, urus izin,
        ngurus izin, mengurus izin, bikin izin, buat izin, cek sertifikat, sertifikat saya, dokumen, berkas,
        izin produk,
        urus sertifikat, kirim sertifikat, tambah sertifikat, bantuan izin, bikin sertifikat, cara urus izin,
        perijinan, /sertifikat""",
    Intent("certificates", "halal"): """
        halal, hallal, halaal, sertifikat halal, label halal, urus halal, bikin halal, sertifikasi halal,
        ngurus halal, cara urus halal,
        logo halal, daftar halal, sihalal, mau halal, halal gratis, buat halal""",
    Intent("certificates", "pirt"): """
        pirt, p irt, p i r t, spp irt, sppirt, urus pirt, nomor pirt, izin pirt, sertifikat pirt, bikin pirt,
        ngurus pirt, pirt saya, dinkes,
        daftar pirt, pirtnya, buat pirt, spirt, cara urus pirt""",
    Intent("certificates", "nib"): """
        nib, urus nib, nomor nib, bikin nib, buat nib, nomor induk berusaha, oss, ngurus nib, daftar nib, nib saya,
        izin nib, cara buat nib,
        cara urus nib, cara bikin nib""",
    Intent("certificates", "bpom"): """
        bpom, bpom md, md, pom, izin bpom, badan pom, urus bpom, sertifikat bpom, izin edar bpom, bpom ri,
        daftar bpom, nomor bpom,
        ngurus bpom""",
    Intent("certificates", "merek"): """
        merek, merk, haki, hki, daftar merek, daftar merk, hak merek, sertifikat merek, urus merek, urus haki,
        hak cipta merek, merek dagang,
        paten merek, patenkan merek, urus merk, djki""",
    Intent(
        "certificates", "qris"
    ): "qris, bikin qris, buat qris, qr, kode qr, qris saya, daftar qris, urus qris, kris, punya qris",
    Intent("certificates", "sni"): "sni, urus sni, sertifikat sni, standar nasional",
    Intent("certificates", "gs1"): "gs1, barcode, barkode, kode batang, bikin barcode, urus barcode, barcod",
    Intent("certificates", "hak_cipta"): "hak cipta, hakcipta",
    Intent("events"): """
        5, acara, jadwal, kegiatan, event, iven, pelatihan, jadwal pelatihan, jadwal acara, bazar, bazaar, bazzar,
        pameran,
        ada acara apa, acara apa, kapan acara, kapan pelatihan, kapan bazar, kapan ada pelatihan, jadwal kegiatan,
        info acara,
        info pelatihan, undangan, sambang desa, jadwal sambang desa, agenda, acaranya kapan, kapan acaranya,
        kapan acara lagi, workshop, seminar,
        ada pelatihan, ada pelatihan apa, lihat acara, lihat jadwal, acara terdekat, gelar produk, ikut bazar,
        ikut pelatihan, ikut pameran,
        mau ikut pelatihan, mau ikut bazar, jadwal bazar, ada bazar, kapan sambang desa, /acara""",
    Intent("mentoring"): """
        6, pendampingan, pendamping, minta pendamping, minta didampingi, pembinaan, konsultasi, minta pendampingan,
        jadwal pendampingan,
        bimbingan, mentor, ketemu pendamping, pembina""",
    Intent("aspiration"): """
        7, aspirasi, saran, usul, usulan, keluhan, lapor, mau lapor, laporan, kendala, ada kendala, komplain,
        complain, kritik,
        kritik saran, kritik dan saran, masukan, pengaduan, ngadu, mengadu, curhat, mau usul, ada usulan,
        ada keluhan, mau curhat,
        kesulitan, punya kendala, keluh kesah, saran dan kritik, ada masalah, masalah, mau saran, kasih saran,
        kasih masukan, uneg uneg,
        mau ngadu, mau komplain, mau usul, sampaikan aspirasi, ada saran, ada usul, wadul, protes, /aspirasi""",
    Intent("profile"): """
        8, my data, profil, profile, data saya, data diri, lihat data, cek data, profil saya, lihat profil,
        data saya apa saja, akun, akun saya,
        biodata, lihat data saya, cek data saya, data kulo, data ku, dataku, data pribadi, identitas saya, /profil""",
    Intent("profile_edit"): """
        ubah data, ubah profil, ubah data saya, ubah nomor, ubah nomor hp, ubah nama, ubah alamat, ubah desa,
        salah data, data salah,
        data saya salah, nama saya salah, ubah nomor saya, ubah nama saya, ubah data diri, koreksi data, ubah hp,
        nomor saya ubah, nomor ubah,
        nama salah, salah nama, ubah nomor wa, revisi data, ubah profil saya, pindah alamat, pindah nomor,
        nomor saya berubah, ubah alamat saya,
        ubah biodata""",
    Intent("product_add"): """
        tambah produk, produk baru, tambah produk baru, daftar produk baru, daftar produk lagi, produk lain,
        tambah produk lagi,
        mau tambah produk, punya produk baru, satu produk lagi, daftar produk lain, input produk, masukkan produk,
        ada produk baru,
        tambah barang, nambah produk, produk kedua, produk saya nambah""",
    Intent("product_list"): """
        produk saya, daftar produk saya, list produk, lihat produk, lihat produk saya, produk apa saja,
        produk saya apa saja,
        produk, semua produk, katalog, produk yang sudah didaftarkan, cek produk saya, cek produk, list produk saya,
        katalog saya, /produk,
        produk yang terdaftar, produk terdaftar, produk saya mana, lihat katalog""",
    Intent("delete_data"): """
        hapus data, hapus data saya, hapus akun, hapus akun saya, tarik persetujuan, cabut persetujuan,
        hapus semua data,
        hapus semua, hapus semua data saya, hapus pendaftaran, hapus profil, hapus produk saya semua, tarik data,
        tarik data saya,
        batalkan persetujuan, saya tarik persetujuan, hapus data pribadi, hapus data diri, lupakan saya,
        hapus data kulo, hapus akunku, hapus dataku,
        cabut izin data, saya mau data saya dihapus, data saya dihapus saja, hapus info saya, cabut data saya""",
    Intent("human"): """
        9, officer, talk to an officer,
        petugas, admin, cs, operator, bicara dengan petugas, bicara sama petugas, bicara petugas,
        bicara dengan orang,
        bicara sama orang, bicara dengan manusia, bicara sama manusia, orang, manusia, customer service,
        hubungi petugas, hubungi admin,
        nomor petugas, nomor admin, tanya petugas, mau tanya petugas, tanya orang langsung, mau tanya langsung,
        mau bicara, mau bicara dengan petugas,
        telepon, telpon, minta telepon,
        sambungkan ke petugas, sambungkan petugas, minta dihubungi, tolong dihubungi, hubungi saya, dibantu petugas,
        minta dibantu petugas,
        call center, kontak, kontak petugas, bicara langsung, orang asli, pegawai, bicara sama admin,
        bicara dengan admin, tanya admin,
        nomor yang bisa dihubungi, tanya orang, staf, bukan robot, bicara sama cs, panggil petugas, /petugas, agen,
        minta petugas, ada petugas,
        mau ketemu petugas, ketemu petugas, minta nomor petugas, mau tanya ke petugas""",
    Intent("help"): """
        0, menu, bantuan, hlp, apa saja menunya, menu apa saja, menunya apa saja, help, tolong, bantu,
        caranya gimana, gimana caranya, cara, caranya, gimana ini, gimana,
        bingung,
        saya bingung, tidak paham, tidak ngerti, tidak mengerti, panduan, petunjuk, info, informasi, menu utama,
        menunya, lihat menu,
        tolong bantu, bantu saya, minta bantuan, butuh bantuan, ini apa, apa ini, ini gimana, ini untuk apa,
        bisa apa saja, bisa apa, bot ini apa,
        cara pakai, cara pakainya, cara menggunakan, kepriye, kumaha ieu, kumaha carana, pripun, kumaha, tanya,
        mau tanya, nanya, mau nanya,
        perintah, daftar perintah, kembali ke menu, ke menu, menu awal, /help, /menu, /bantuan, ?,
        tidak tahu caranya, tolong jelaskan, cara nya,
        carane gimana, gimana carane, carane, pilihan, opsi, fitur, mumet, lieur""",
    Intent("greet"): """
        /start, mulai, start, halo, hallo, hai, hi, hello, helo, hey, hei, p, pagi, siang, sore, malam,
        selamat pagi, selamat siang,
        selamat sore, selamat malam, slmt pagi, met pagi, met siang, met sore, met malam, pagi pagi, assalamualaikum,
        assalamualaikum wr wb, assalamu alaikum, ass wr wb, ass, aslm, asslm, asslmkm, asalamualaikum,
        assalamualaikum warahmatullahi wabarakatuh,
        ass wr wb, askum, salam, punten, sampurasun, permisi, kulo nuwun, kulonuwun, kula nuwun, nuwun sewu,
        sugeng enjing, sugeng enjang,
        sugeng siang, sugeng sonten, sugeng dalu, sugeng rawuh, wilujeng enjing, wilujeng siang, wilujeng sonten,
        wilujeng wengi, syalom, shalom,
        om swastiastu, tes, test, testing, tess, cek, ping, halo admin, misi, spada, hai kak, halo kak, met sore,
        siang pak, pagi bu, rahayu,
        selamat pagi mama, selamat datang, mulai chat, oi, oy, woi, bot, samlekum, mikum, samlikum, assalam,
        slamat pagi, slamat siang,
        slamat sore, slamat malam, hy, hay, alo, haloo""",
    Intent("opt_in"): """
        mulai lagi, langganan lagi, mau langganan lagi, aktifkan lagi, kirim lagi, kirimi lagi, start again""",
    Intent("language"): "bahasa, ganti bahasa, pilih bahasa, ubah bahasa, language, change language, /bahasa",
    Intent("language", "en"): """
        english, in english, bahasa inggris, inggris, pakai bahasa inggris, speak english, english please""",
    Intent("language", "id"): "indonesia, bahasa indonesia, indonesian, pakai bahasa indonesia, in indonesian",
    Intent("thanks"): """
        terima kasih, terimakasih, makasih, makasi, mksh, mksih, mkasih, trims, trimakasih, thanks, thank you, thx,
        tq, tks, ty, suwun, matur suwun,
        matur nuwun, matur nuhun, hatur nuhun, nuhun, matursuwun, maturnuwun, haturnuhun, tengkyu, tengkiu,
        terima kasih banyak, makasih banyak,
        makasih banget, ok makasih, oke makasih, ok terima kasih, oke terima kasih, trima kasih, trmksh, trmakasih,
        trm ksh, tengs, sip makasih,
        siap terima kasih, siap makasih, jazakallah, jazakumullah, alhamdulillah, sudah terima kasih,
        alhamdulillah terima kasih, nuwun,
        syukron, suksma, epanggalang, maturnuwun sanget, matur nuwun sanget, 🙏, terima kasih infonya,
        makasih infonya, trmksih""",
}

_COMPLAINT = re.compile(
    r"\b(?:rusak|mahal|susah|sulit|kesulitan|kekurangan|kurang modal|butuh modal|modal|pupuk|mesin|keluhan|kendala|"
    r"macet|bocor|"
    r"kemasannya|sepi|rugi|bangkrut|alat produksi|bahan baku|mandeg|mandek|berhenti produksi|gagal panen|jalan desa|"
    r"harga bahan|"
    r"kapan diperbaiki|pemasaran|pasaran|pembeli|laku)\b"
)
# words that alone point somewhere, for guesses in longer sentences
_POINTERS: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (Intent("delete_data"), re.compile(r"\bhapus\b.*\b(?:data|akun)\b|\bdata\b.*\b(?:hapus|dihapus)\b|"
        r"\bpersetujuan\b")),
    (Intent("human"), re.compile(r"\b(?:petugas|admin|operator|manusia|pegawai)\b|\bbicara\b.*\borang\b|"
        r"\b(?:hubungi|dihubungi|telepon)\b")),
    (Intent("profile_edit"), re.compile(r"\bubah\b.*\b(?:data|nama|nomor|alamat|hp|profil|desa)\b|\b(?:nama|data|"
        r"nomor|alamat)\b.*\b(?:salah|berubah)\b")),
    (Intent("product_add"), re.compile(r"\btambah\b.*\bproduk\b|\bproduk\b.*\b(?:baru|lagi)\b")),
    (Intent("photo"), re.compile(r"\bkirim\b.*\bfoto\b|\bfoto\b.*\b(?:baru|produk|kirim)\b")),
    (Intent("status"), re.compile(r"\b(?:status|lolos|lulus|kurasi|diperiksa|diterima|hasilnya|pemeriksaan)\b|"
        r"\bsampai mana\b")),
    (Intent("certificates", "halal"), re.compile(r"\bhal+al\b")),
    (Intent("certificates", "pirt"), re.compile(r"\bp ?irt\b")),
    (Intent("certificates", "nib"), re.compile(r"\bnib\b")),
    (Intent("certificates", "bpom"), re.compile(r"\bbpom\b")),
    (Intent("certificates", "merek"), re.compile(r"\b(?:merek|merk|haki)\b")),
    (Intent("certificates", "qris"), re.compile(r"\bqris\b")),
    (Intent("certificates", "sni"), re.compile(r"\bsni\b")),
    (Intent("certificates"), re.compile(r"\b(?:sertifikat|perizinan|izin|legalitas)\b")),
    (Intent("events"), re.compile(r"\b(?:acara|pelatihan|bazar|bazaar|pameran|jadwal|kegiatan|event|undangan)\b")),
    (Intent("aspiration"), re.compile(r"\b(?:saran|usul|usulan|keluhan|kendala|lapor|aspirasi|masukan|komplain|"
        r"masalah)\b")),
    (Intent("mentoring"), re.compile(r"\b(?:pendamping|pendampingan|didampingi|pembinaan)\b")),
    (Intent("register"), re.compile(r"\bdaftar\b|\bikut\b.*\b(?:program|ovop|opop|opor)\b|\bmau ikut\b")),
    (Intent("product_list"), re.compile(r"\bproduk saya\b")),
    (Intent("profile"), re.compile(r"\b(?:data saya|profil)\b")),
    (Intent("thanks"), re.compile(r"\b(?:terima ?kasih|makasih|suwun|nuhun|nuwun|trims)\b")),
    (Intent("greet"), re.compile(r"^(?:assalam\w*|selamat (?:pagi|siang|sore|malam)|halo|hai|permisi|punten|"
        r"sampurasun)\b")),
    (Intent("help"), re.compile(r"\b(?:bantuan|bantu|tolong|bingung|caranya|paham|ngerti|menu)\b")),
)  # fmt: skip


_COMMAND_WORDS = ("menu", "bantuan", "petugas", "status", "daftar", "foto", "acara")


@cache
def _aliases() -> dict[str, Intent]:
    exact = {_said(phrase) or phrase: intent for intent, phrases in _ALIASES.items() for phrase in _lines(phrases)}
    exact["?"] = Intent("help")
    exact["🙏"] = Intent("thanks")
    return exact


@cache
def _cores() -> dict[str, Intent]:
    cores: dict[str, Intent] = {}
    for phrase, intent in _aliases().items():
        cores.setdefault(_core(phrase), intent)
    answers = _yes_phrases() | _no_phrases()
    return {core: intent for core, intent in cores.items() if core and core not in _COURTESY | answers}


def read_intent(text: str) -> Intent | None:
    """The command that a message equals, apart from spelling habits and courtesies; None for everything else."""
    if len(text) > LONGEST_ANSWER:
        return None
    if is_stop(text):
        return Intent("opt_out", "broadcast" if stop_scope(text) == "broadcast" else None)
    said = _said(text)
    if not said:
        return _aliases().get(bare(text) or plain(text).strip())
    return _aliases().get(said) or _cores().get(_core(said))


def guess_intent(text: str) -> Intent | None:
    """The likeliest wish behind what nothing else understood: a slip of the pen, or a word that points somewhere."""
    said = _said(text[:LONGEST_ANSWER])
    if not said:
        return None
    core = _core(said)
    if len(core.split()) >= 2 and _COMPLAINT.search(said):
        return Intent("aspiration")
    return _nearest(core, _cores()) or _nearest(said, _aliases()) or _misspelt_command(core) or _pointed(said)


def _misspelt_command(word: str) -> Intent | None:
    """The words that must be found at every turn, also with one letter wrong (dialogue.md G12)."""
    near = [name for name in _COMMAND_WORDS if len(word) >= 3 and OSA.distance(word, name, score_cutoff=1) <= 1]
    return _aliases()[near[0]] if len(near) == 1 else None


def _nearest(said: str, known: dict[str, Intent]) -> Intent | None:
    if said in known:
        return known[said]
    if len(said) < 4:
        return None
    best = process.extract(said, [key for key in known if len(key) >= 4], scorer=fuzz.ratio, limit=4, score_cutoff=80)
    near = [known[key] for key, score, _ in best if score >= best[0][1] - 2]
    return near[0] if near and len(set(near)) == 1 else None


def _pointed(said: str) -> Intent | None:
    return next((intent for intent, pattern in _POINTERS if pattern.search(said)), None)


# -- leaving, going back, skipping, going on --------------------------------------------------------------------------

_NAVIGATION: dict[Navigation, frozenset[str]] = {
    "cancel": frozenset(_lines("""
        batal, batalkan, cancel, tidak jadi, batalin, batal saja, wurung, tidak cios, tidak sios, urung, bubar,
        dibatalkan, tidak jadi deh,
        tidak jadi daftar, batal daftar, sudahi, akhiri, tidak usah jadi, mbatal, batal dulu, btl, btal, batall,
        exit, quit, tutup, wurungake,
        tidak dadi, bolay, tidak jadi saja, mau batal, saya batal, dicancel, cancel saja, sudah tidak jadi, udahan,
        /batal""")),
    "back": frozenset(_lines("""
        kembali, back, sebelumnya, ulang, ulangi, salah ulang, kembali ke sebelumnya, balik ke tadi, kembali ke tadi,
        balik ke sebelumnya, balik ke soal sebelumnya, mundur, balik, kembali lagi, kmbali, kmbli, kembli,
        soal sebelumnya,
        pertanyaan sebelumnya, ke sebelumnya, mbalik,
        balik lagi, wangsul, uwih, yang tadi, yang sebelumnya, salah kembali, undo, ulang yang tadi, bali,
        ke belakang, tadi salah,
        ke atas, kembali ke soal sebelumnya, prev, balek, /kembali""")),
    "skip": frozenset(_lines("""
        lewat, lewati, skip, nanti, nanti saja, nanti dulu, kosong, kosongkan, kosongin, lewatkan, lewatin,
        dilewati, dilewat, tidak ada, belum ada,
        tidak punya, belum punya, nihil, tidak tahu, belum tahu, langsung saja, lain kali, pas, next, tidak perlu,
        tidak usah, lwt, lwati, skip saja,
        lewat saja, lewati saja, liwat, liwati, mengke, mangke, engke, engke saja, mengko, mengko saja, tar, ntar,
        ntar saja, ntr, kosong saja,
        tidak diisi, dikosongkan, tidak mau isi, teu aya, tidak aya, tidak gaduh, tidak nduwe, tidak duwe,
        tidak ono, nanti nyusul, menyusul, nyusul,
        besok saja, belum, tidak ada di tangan, lupa, lali, hilap, nanti lagi, skippp, sekip, skp, tidak gadah,
        /lewati""")),
    "continue": frozenset(_lines("""
        lanjut, lanjutkan, terus, teruskan, lnjut, lanjt, lanjutin, lanjut saja, lanjutken, continue, ayo,
        ayo lanjut, gas, gass, gaskan, hayu, terusno,
        terusin, nerusake, nerusaken, lajengaken, lajeng, teraskeun, lanjutkeun, teras, mau lanjut, jadi lanjut,
        mau dilanjutkan, dilanjutkan, dilanjut,
        lanjut daftar, lanjut lagi, lanjutkan lagi, monggo lanjut, mangga lanjut, lnjt, lnjutkan, lanjutt,
        lanjutkan saja, dilanjut saja, siap lanjut, yuk,
        yuk lanjut, lanjut yuk, terus saja, terusken""")),
    "done": frozenset(_lines("""
        selesai, sudah, cukup, beres, rampung, done, habis, itu saja, sudah semua, sudah selesai, sudah cukup,
        sudah itu saja, cukup itu, segitu, segitu saja,
        sudah segitu, selesai sudah, sudah beres, finish, slesai, slese, seleai, selsai, kelar, sudah kelar,
        sudah dikirim, sudah dikirim semua,
        sudah terkirim, rengse, cekap, sekian, itu dulu, cukup segitu, sampun rampung, pun, cukup dulu,
        sudah saya kirim, tamat, sudah lengkap, lengkap,
        sudah semuanya, semua sudah, sudah kirim, bar, mpun, rampong, sls, slsai, sampun sedoyo, 👌, ok selesai,
        oke selesai""")),
}  # fmt: skip
_LEAVING = frozenset({"keluar", "udahan", "metu", "kaluar"})
_ONLY_IN_FORM: frozenset[Navigation] = frozenset({"skip", "continue", "done"})
_NAVIGATION_FUZZY: tuple[tuple[str, Navigation], ...] = (
    ("batal", "cancel"), ("batalkan", "cancel"), ("cancel", "cancel"), ("kembali", "back"),
    ("sebelumnya", "back"), ("lewati", "skip"),
    ("lanjut", "continue"), ("lanjutkan", "continue"), ("selesai", "done"),
)  # fmt: skip
_NAV_NEIGHBOURS = word_set(
    """
    bantal batas tatal total lembali lanjutan fatal natal batak badal
    """
)


def read_navigation(text: str, *, in_form: bool) -> Navigation | None:
    """Where a message leads. Outside a form only cancel and back count, and 'keluar' is asked."""
    whole = plain(text[:LONGEST_ANSWER]).strip()
    said = _said(whole)
    if in_form and whole in {"-", "--", ".", "x", "–", "kosong -"}:
        return "skip"
    if in_form and (said in _LEAVING or _core(said) in _LEAVING):
        return "cancel"
    found = _navigation_of(said) or _navigation_of(_without_courtesy(said)) or _misspelt_navigation(said)
    return found if in_form or found not in _ONLY_IN_FORM else None


@cache
def _navigation_table() -> dict[str, Navigation]:
    return {_said(phrase): name for name, phrases in _NAVIGATION.items() for phrase in phrases if _said(phrase)}


def _navigation_of(said: str) -> Navigation | None:
    return _navigation_table().get(said)


def _without_courtesy(said: str) -> str:
    kept = [word for word in said.split() if word not in _COURTESY or word == "saja"]
    trimmed = " ".join(kept)
    return trimmed.removesuffix(" saja") if trimmed not in _navigation_table() else trimmed


def _misspelt_navigation(said: str) -> Navigation | None:
    """One letter wrong in a long enough command word, and nothing else said."""
    if len(said) < 4 or " " in said or said in _NAV_NEIGHBOURS:
        return None
    near = {name for word, name in _NAVIGATION_FUZZY if OSA.distance(said, word, score_cutoff=1) <= 1}
    return near.pop() if len(near) == 1 else None


_UNKNOWN = re.compile(
    r"^(?:(?:saya|masih|aduh|wah|waduh|maaf|yang) )*(?:lupa|lali|hilap|poho|kesupen|(?:tidak|belum|kurang) "
    r"(?:tahu|tau|tentu|pasti|mesti|ingat|inget|punya|ada|hafal|apal|nemu|ngerti|terang|nentu|eling|terang|nduwe|"
    r"duwe|gaduh|gadah|jelas|paham|tetap|"
    r"mesthi|tamtu|tangtu|yakin|menentu)(?:nya)?|embuh|mbuh|duka|teuing|entah|entahlah|tergantung (?:pesanan|order|"
    r"permintaan|musim|bahan|orderan)|"
    r"sesuai (?:pesanan|order|permintaan)|(?:kalau|by|kalo|pas) (?:ada )?(?:pesanan|order|orderan)(?: saja)?|"
    r"sak sake|sakarepe|musiman|"
    r"sesuka|hanya pesanan|pesanan saja|by order|pre ?order|po saja)(?: (?:saya|nomornya|nomor|pak|bu|tanggalnya|wa|"
    r"hp|tanggal|saja|ya|kak|lagi|bu|"
    r"kapan|berapa|pasti|nya))*$"
)


def is_unknown(text: str) -> bool:
    """'lupa', 'tidak tentu', 'ga punya': the person cannot say, so an optional question is skipped."""
    return _UNKNOWN.match(_said(text[:LONGEST_ANSWER])) is not None


# -- yes, no, maybe ---------------------------------------------------------------------------------------------------

_YES = frozenset(
    _lines("""
    ya, iya, y, yes, yess, yup, yap, yep, oke, ok, okey, okay, oky, okee, okeh, oce, sip, siap, baik, betul, benar,
    bener, leres, nggih, inggih, injih, njih,
    nggeh, muhun, sumuhun, enya, heeh, he eh, ho oh, hooh, iyo, yo, iyah, ya benar, ya betul, sudah betul,
    sudah benar, setuju, stuju, setujui, boleh, bolehlah,
    mau, mangga, monggo, silakan, silahkan, lanjut, sudah, sudah cocok, cocok, pas, jadi, tentu, pasti, sepakat,
    saya setuju, iya setuju, ya setuju,
    iya benar, iya betul, iya bu, ya bu, ya pak, sae, saya mau, sudah oke, sudah ok, gas, gass, good, yoi, yoa, yaa,
    iyaa, iy, 👍, 👌, ✅, ✔, 🆗, 💯, betol, btul, bnr,
    btl, bnar, benr, yakin, ya yakin, iya mau, mau dibantu, mau bu, sdh, bisa, ya bisa, ya mau, saya yakin,
    ya hapus, tepat, sesuai, sudah sesuai, ya sudah,
    iya sudah, yuk, ayo, kirim, ya kirim, simpan, ya simpan, jos, joss, mantap, mantab, okelah, okedeh, yaudah,
    ya udah, bae, dadi, leres pisan, setubuh, acc,
    yes please, correct, true, ingih, enggih, ya dong, iya dong, he em, hem, heem, nuhun muhun, sampun,
    sampun leres, pun leres, ya cocok, sudah pas""")
)
_NO = frozenset(
    _lines("""
    tidak, t, g, n, no, nope, nggak, belum, jangan, ogah, emoh, moh, salah, bukan, sanes, dudu, wegah, mboten,
    henteu, alim, embung, tidak mau, tidak usah,
    jangan dulu, belum mau, tidak setuju, kurang setuju, ada yang salah, masih salah, keliru, belum betul,
    belum benar, tidak benar, tidak betul, tidak cocok,
    kurang pas, belum pas, tidak boleh, 👎, ❌, 🙅, tidak perlu, nanti saja, nanti, tidak jadi, belum cocok, bukan itu,
    no thanks, gamau, tdak, tidaak, ngak, gx,
    nehi, tidak dulu, belum sudah, lain, ubah, ubah harga, masih ada yang salah, ada salah, ada yang keliru,
    tidak sesuai, belum sesuai, enggak, engga, kada,
    belom, tidak tidak, sepertinya tidak, sepertinya salah, tidak makasih, tidak terima kasih, never, false, teu,
    teu acan, acan, durung, dereng, bukan begitu""")
)
_YES_WORDS = word_set(
    """
    ya iya iyo oke ok okey siap betul benar bener nggih inggih muhun setuju boleh sip yes leres baik
    """
)
_NO_WORDS = word_set(
    """
    tidak belum jangan bukan salah ogah emoh no keliru
    """
)
_MAYBE_WORDS = word_set(
    """
    mungkin barangkali kayaknya sepertinya kali tergantung entah ragu bingung kenapa apa kok tapi tetapi cuma
    kecuali
    """
)
_SOFT = word_set(
    """
    saya aku sudah semua semuanya kok memang emang lah sekali banget itu ini sanget pisan mau insyaallah
    alhamdulillah makasih terima kasih
    """
)


def read_yes_no(text: str) -> bool | None:
    """Yes or no, when it surely is one: 'nggih', '👍', 'tdk', 'ya betul bu'. None for a maybe and all else."""
    whole = plain(text[:LONGEST_ANSWER])
    if (emoji := _emoji_answer(whole)) is not None:
        return emoji
    said = _said(whole)
    if not said or "?" in whole:
        return None
    return _yes_or_no(said)


_PLAIN_YES = word_set(
    """
    ya iya iyo y yo yes yep oke ok okey siap sip setuju boleh mau bersedia nggih inggih injih njih enggih muhun
    sumuhun mangga monggo silakan silahkan acc
    """
)
_PLAIN_NO = word_set(
    """
    tidak t n no nope nomor jangan gamau belum ogah emoh moh mboten henteu alim embung wegah nanti never durung dereng
    teu
    """
)
_PLAIN_BESIDE = word_set("mau setuju boleh bersedia usah perlu dulu saja acan thanks please")


def read_agreement(text: str) -> bool | None:
    """Yes or no to something that must be agreed to plainly: no 'betul', 'sudah', 'lanjut' or 'kirim', which answer
    another question.
    """
    agreed = read_yes_no(text)
    if agreed is None or _emoji_answer(plain(text[:LONGEST_ANSWER])) is not None:
        return agreed
    words = [word for word in _said(text).split() if word in _PLAIN_YES | _PLAIN_NO or word not in _COURTESY | _SOFT]
    known = _PLAIN_YES | _PLAIN_BESIDE if agreed else _PLAIN_NO | _PLAIN_BESIDE
    return agreed if words and set(words) <= known else None


def _yes_or_no(said: str) -> bool | None:
    core = " ".join(
        word
        for word in said.split()
        if word not in (_COURTESY - {"ya", "iya", "yo", "bisa", "boleh", "monggo", "mangga", "nggih"})
    )
    for phrase in (said, core):
        if phrase in _yes_phrases():
            return True
        if phrase in _no_phrases():
            return False
    return _by_words(said.split())


def _by_words(words: Sequence[str]) -> bool | None:
    """A longer answer made of nothing but yes-words, or of no-words, and courtesies."""
    others = [word for word in words if word not in _COURTESY and word not in _SOFT]
    if set(words) & _MAYBE_WORDS:
        return None
    if set(words) & _YES_WORDS & {"ya", "iya", "iyo", "nggih", "oke", "ok"} and set(words) & _NO_WORDS:
        return None  # 'ya tidak', 'iya salah': both at once
    if others and set(others) <= _NO_WORDS | {"mau", "setuju", "cocok", "benar", "betul"} and others[0] in _NO_WORDS:
        return False
    yes = [word for word in words if word in _YES_WORDS]
    return True if yes and all(word in _YES_WORDS for word in others) else None


@cache
def _yes_phrases() -> frozenset[str]:
    return frozenset({_said(phrase) for phrase in _YES} - {"", "belum"})


@cache
def _no_phrases() -> frozenset[str]:
    return frozenset({_said(phrase) for phrase in _NO} - {"", "sudah"} | {"nomor"})  # 'no' is read as 'nomor' elsewhere


def _emoji_answer(whole: str) -> bool | None:
    signs = set(whole) & set("👍👌✅✔🆗💯👎❌🙅")
    if not signs or re.search(r"[^\W_]", whole):
        return None
    yes, no = bool(signs - set("👎❌🙅")), bool(signs & set("👎❌🙅"))
    return yes if yes != no else None


_GUESTS = re.compile(
    r"\b(?:bawa|bareng|ber|sama|dengan|plus|tambah|ajak|ngajak|sareng|karo|beserta|\+)\s*(\w+)\s*(?:orang|org|teman|"
    r"tmn|anak|tetangga|tamu|anggota|lagi)\b"
)
_TOGETHER = re.compile(r"\b(?:ber(dua|tiga|empat|lima|enam)|(?:datang |hadir |kami )?(\w+) orang)\b")
_RSVP_NO = re.compile(
    r"\b(?:(?:tidak|belum|mboten|ndak) (?:akan |bisa |dapat |sempat |jadi )*(?:bisa|hadir|datang|ikut|dapat|jadi|"
    r"saged|sempat|rawuh|dateng|saget|mau|tiasa)|"
    r"berhalangan|halangan|absen|izin|sakit|ijin|maaf tidak|sibuk|repot|skip|ada keperluan|ada acara lain|"
    r"di luar kota|tidak|udzur|uzur|batal|gabisa|"
    r"wonten alangan|alangan|lain kali|lain waktu|pergi|bentrok)\b"
)
_RSVP_MAYBE = re.compile(
    r"\b(?:mungkin|nanti|liat|lihat|belum tahu|belum tau|tidak tahu|belum pasti|belum tentu|dikabari|kabari|"
    r"dikabarin|dilihat|diusahakan|diusahakn|usahakan|"
    r"usahain|kayaknya|sepertinya|barangkali|coba|tergantung|kalau|kalo|klo|dipikir|pikir|mugi mugi|mudah mudahan|"
    r"semoga|belum bisa memastikan|ragu|"
    r"mugi|tingali|jika|bila|kali|dirembug|tanya (?:suami|istri|dulu))\b"
)
_WITH_FAMILY = re.compile(
    r"\b(?:sama|dengan|bareng|karo|sareng|ajak|bawa) (?:istri|suami|anak|ibu|bapak|teman|adik|kakak)(?: saya)?$"
)
_RSVP_DOUBT = re.compile(r"\b(?:mungkin|kayaknya|sepertinya|belum tentu|kalau|kalo|klo|jika|bila|semoga)\b")
_RSVP_YES = re.compile(
    r"\b(?:hadir|bisa|datang|dateng|ikut|siap|insya ?allah|in ?sy?aa? ?allah|insyaalloh|insya ?alloh|inshaallah|"
    r"inshallah|isyaallah|in syaa allah|jadi|ya|iya|oke|ok|sip|rawuh|"
    r"nderek|saged|nggih|muhun|yes|y|mau|tiasa|sumping|sanggup|pasti|cocok|masih|iyo|teka|boleh|setuju|inggih|gas|"
    r"njih|siyap|mangga|insyallah)\b|👍|✅|🙏"
)


def read_rsvp(text: str) -> Rsvp | None:
    """An answer to an invitation. 'insya allah hadir' is a yes, 'nanti dikabari' a maybe."""
    whole = plain(text[:LONGEST_ANSWER])
    if "?" in whole:
        return None
    if (emoji := _emoji_answer(whole)) is not None:
        return Rsvp("yes" if emoji else "no")
    said = _said(whole)
    if re.search(r"\b(?:belum (?:tahu|tau|pasti|tentu|bisa memastikan)|tidak tahu|tidak janji)\b", said):
        return Rsvp("maybe")
    if _RSVP_NO.search(said):
        return Rsvp("maybe") if _RSVP_DOUBT.search(said) else Rsvp("no")
    if _RSVP_MAYBE.search(said):
        return Rsvp("maybe")
    if said in _no_phrases():
        return Rsvp("no")
    return Rsvp("yes", _guests(said)) if _RSVP_YES.search(said) or "👍" in whole else None


def _guests(said: str) -> int:
    if _WITH_FAMILY.search(said):
        return 1
    if match := _GUESTS.search(said):
        return _small(count_of(match[1]))
    if match := _TOGETHER.search(said):
        return max(_small(count_of(match[1] or match[2])) - 1, 0)
    return 0


def _small(count: int | None) -> int:
    return count if count is not None and 0 < count <= 20 else 0


# -- choices ----------------------------------------------------------------------------------------------------------

_ORDINALS = {
    "pertama": 1, "kesatu": 1, "kahiji": 1, "kapisan": 1, "kedua": 2, "kadua": 2, "kapindho": 2, "ketiga": 3,
    "katilu": 3, "katelu": 3, "keempat": 4, "kaopat": 4, "kelima": 5, "kalima": 5, "keenam": 6, "ketujuh": 7,
    "kedelapan": 8, "kesembilan": 9, "kesepuluh": 10,
}  # fmt: skip
_LAST = frozenset(["terakhir", "paling", "bawah", "akhir", "pungkasan"])
_CHOICE_NOISE = re.compile(
    r"\b(?:nomor|yang|pilih|pilihan|milih|opsi|ke|angka|jenis|saya|mau|kategori|poin|point|urutan|pencet|pencetan|"
    r"ingkang|nu|kulo|itu|ini|pilihanku|tombol|jawab|jawaban)\b"
)
_SEVERAL = re.compile(r"\s*(?:,|&|\+|/|;|\bdan\b|\bsama\b|\blan\b|\bsareng\b|\bkaro\b|\bplus\b)\s*")


def read_choice(text: str, labels: Sequence[str], synonyms: Sequence[Sequence[str]] = ()) -> int | None:
    """The place (1, 2, ...) of the one label that was meant: by digit, number word, ordinal, label or a near label.

    `synonyms[i]` are other names of `labels[i]`. None when several or none are meant,
    or the number is not in the list.
    """
    chosen = read_choices(text, labels, synonyms)
    return chosen[0] if len(chosen) == 1 else None


def read_choices(text: str, labels: Sequence[str], synonyms: Sequence[Sequence[str]] = ()) -> tuple[int, ...]:
    """All the places that were meant, in order and once each: '1 dan 3' gives (1, 3); () when a part is not clear."""
    whole = plain(text[:LONGEST_ANSWER]).strip(' .!?;:"*_()[]')
    if (named := _choice_by_name(whole, labels, synonyms)) is not None:
        return (named,)
    parts = [part for part in _SEVERAL.split(whole) if part]
    if len(parts) == 1 and re.fullmatch(r"[1-9](?:\s+[1-9])+", parts[0]):
        parts = parts[0].split()
    chosen = [_choice(part, labels, synonyms) for part in parts]
    if not chosen or None in chosen:
        return ()
    return tuple(sorted({place for place in chosen if place is not None}))


def _choice(part: str, labels: Sequence[str], synonyms: Sequence[Sequence[str]]) -> int | None:
    place = _choice_by_number(part, len(labels))
    return place if place is not None else _choice_by_name(part, labels, synonyms)


def _choice_by_number(part: str, count: int) -> int | None:
    words = " ".join(_SHORT.get(word, word) for word in re.findall(r"[^\W_]+", part))
    left = " ".join(word for word in _CHOICE_NOISE.sub(" ", words).split() if word not in _COURTESY)
    if left in _LAST:
        return count
    ordinal = re.fullmatch(r"(?:ke|no)\s?([0-9]{1,2})", left)
    place = _ORDINALS.get(left) or count_of(ordinal[1] if ordinal else left)
    return place if place is not None and 1 <= place <= count else None


def _choice_by_name(part: str, labels: Sequence[str], synonyms: Sequence[Sequence[str]]) -> int | None:
    said = " ".join(word for word in words_of(part) if word not in _COURTESY)
    if len(said) < 2 or said.isdigit():
        return None
    names = [
        (name, place)
        for place, label in enumerate(labels, 1)
        for name in (label, *(synonyms[place - 1] if place <= len(synonyms) else ()))
    ]
    scored = sorted(((_name_score(said, " ".join(words_of(name))), place) for name, place in names), reverse=True)
    if not scored or scored[0][0] < 80:
        return None
    rivals = {place for score, place in scored if score > scored[0][0] - 8}
    return scored[0][1] if len(rivals) == 1 or scored[0][0] == 100 else None


def _name_score(said: str, name: str) -> float:
    """Alike as a whole; or a word of it ('tani' of 'pertanian' is not); or contained as whole words."""
    if said == name:
        return 100.0
    if len(said) >= 4 and (said in name.split() or f" {name} " in f" {said} "):
        return 95.0
    if any(len(word) >= 4 and fuzz.ratio(word, name) >= 80 for word in _several_words(said)):
        return 90.0
    return min(fuzz.ratio(said, name), 99.0) if len(said) >= 3 else 0.0


def _several_words(said: str) -> list[str]:
    words = said.split()
    return words if len(words) > 1 else []


# -- words that hurt --------------------------------------------------------------------------------------------------

_ABUSE = word_set(
    """
    anjing anjg anjir anying asu bangsat goblok goblog tolol kontol memek jancok jancuk cok bajingan tai taek
    kampret monyet bego brengsek ngentot sialan keparat gblk bgst anjrit kntl pantek puki cukimai sundal lonte perek
    bacot ndasmu matamu jangkrik dancok setan iblis bodoh dungu idiot fuck shit fak
    """
)


def is_abuse(text: str) -> bool:
    """Whether a message is nothing but insult; a product may be called 'sambal setan'."""
    words = words_of(text[:LONGEST_ANSWER])
    others = [
        word
        for word in words
        if word not in _COURTESY and word not in {"lu", "lo", "kamu", "kowe", "dasar", "kalian", "bot"}
    ]
    return bool(others) and all(word in _ABUSE for word in others)
