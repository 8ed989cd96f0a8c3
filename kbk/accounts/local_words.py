"""Words that anybody would try first on this program's users: places, offices, the contest, the nation, endearments.

The names of the installation's own units, groups and cities are added from its database (see `passwords`).
"""

LOCAL_WORDS = """
aceh sumatera sumatra riau jambi bengkulu lampung bangka belitung banten jakarta yogyakarta jogjakarta jogja
kalimantan sulawesi gorontalo maluku papua nusantara jawa jawabarat jawatengah jawatimur bali lombok madura
medan padang pekanbaru palembang batam bandung bekasi bogor depok tangerang serang cilegon cirebon sukabumi
tasikmalaya semarang surakarta solo salatiga magelang pekalongan tegal surabaya malang kediri blitar madiun
mojokerto pasuruan probolinggo denpasar mataram kupang pontianak singkawang banjarmasin banjarbaru
palangkaraya samarinda balikpapan bontang tarakan makassar parepare palopo manado bitung tomohon kendari
baubau palu ambon ternate tidore jayapura sorong manokwari merauke kudus demak jepara kendal ungaran klaten
boyolali sragen karanganyar wonogiri sukoharjo purwokerto banyumas cilacap kebumen purworejo wonosobo
temanggung batang pemalang brebes blora rembang pati grobogan sleman bantul
indonesia indonesiaku indonesiaraya merdeka merahputih pancasila garuda bhinnekatunggalika nkri bangsa negara
pemerintah pemerintahan pemkot pemda pemprov pemkab kota kabupaten provinsi kecamatan kelurahan desa daerah
dinas badan bagian bidang seksi sekretariat sekda setda inspektorat puskesmas rumahsakit organisasi
bagianorganisasi walikota bupati gubernur camat lurah kepala pegawai negeri asnindonesia aparatur
gelar budaya kerja budayakerja kelompok kelompokbudayakerja risalah panitia juri dewanjuri peserta fasilitator
notulis ketua sekretaris anggota lomba juara piagam penilaian nilai inovasi prestasi kinerja mutu pelayanan
layanan publik masyarakat berakhlak bangga melayani banggamelayani banggamelayanibangsa akuntabel kompeten
harmonis loyal adaptif kolaboratif berorientasi
sandi katasandi katakunci kunci rahasia admin administrator operator pengguna masuk selamat
selamatdatang selamatpagi pagi siang malam coba cobacoba percobaan lupa lupasandi ganti gantisandi
bismillah alhamdulillah assalamualaikum subhanallah insyaallah allahuakbar allah muhammad masyaallah
sayang sayangku sayangkamu cinta cintaku akucintakamu kamu keluarga mamapapa mama papa ayah ibuku anakku
suami istri bapak semangat sukses berkah barokah bahagia ceria mawar melati anggrek kenanga cendana
senin selasa rabu kamis jumat sabtu minggu januari februari maret april juni juli agustus september oktober
november desember ramadan ramadhan lebaran
agus ahmad andi budi dewi dian eko endang fitri hadi hartono hendra indah joko kartika kusuma lestari nugroho
nurul prasetyo pratama putra putri rahayu rahmat ratna santoso saputra sari setiawan siti slamet sri suharto
sukarno sulistyo supriyadi suryanto susanto sutrisno taufik utami wahyu wibowo widodo wijaya yanti yulianto
"""
