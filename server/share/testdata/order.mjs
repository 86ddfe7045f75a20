// Writes order.json: for each language, names in the order of ICU's numeric
// collation, which is that of Intl.Collator. Run it with: node order.mjs
import {writeFileSync} from 'node:fs'

const common = `
00 Intro|01 Start|1 Start|02|10 End|100|0|000|1
IMG_0000.jpg|IMG_0001.jpg|IMG_0010.jpg|IMG_2.jpg|img_3.jpg
S00E01 Pilot|S00E02|S01E01|S01E10|S1E2|S10E00
a|A|b|B|Ba|ba|aa|ab|Zebra|apple|Äpfel|äpfel|apfel|Apfel
2026-08-12|2026-08-02|20260812|v1.9|v1.10|v01.2
file.txt|file (1).txt|file (10).txt|file (2).txt|file-1.txt|file_1.txt|file 1.txt
18446744073709551616|18446744073709551615|99999999999999999999999999
Größe 2|Größe 10|Grosse 5|Größe 1`

// Without the Japanese lengthener, for which x/text has no rule.
const own = {
  en: 'naïve|naive|nave|Zoë|Zoe|Zoé|résumé|resume|Resume 2',
  de: 'Straße|Strasse|Strasze|über|uber|Ueber|Öl|Ofen|Oel|Ärger|Arger',
  fr: 'cote|coté|côte|côté|œuf|oeuf|œuvre|Élan|elan|été 2|été 10|été 00 a',
  es: 'ñandú|nube|nz|oso|llama|luna|lomo|chico|cosa|zumo|árbol|arbol|mañana|manana',
  it: 'perché|perche|città|citta|è|e|Però|pero 10|pero 2',
  pt: 'ação|acao|coração|São Paulo|Sao Paulo|avó|avô|avo|pá 2|pá 10',
  ar: 'صورة 1|صورة 10|صورة 2|كتاب|قلم|أحمد|احمد|ملف ٠٠ أ|ملف ٠١|ملف ١٠|ملف ٢|مُلف',
  hi: 'चित्र 1|चित्र 10|चित्र 2|क़लम|कलम|खाना|फ़ोटो|फोटो|हिन्दी|हिंदी|छवि ०० अ|छवि ०१|छवि १०|छवि २',
  ja: 'かき|カキ|がき|かぎ|写真 1|写真 10|写真 2|アルバム|あるばむ|フォト０|フォト１０|フォト２|東京|京都',
  'zh-Hans': '照片 1|照片 10|照片 2|北京|上海|广州|阿里|中国|安全',
  ko: '테스트|' + '테스트'.normalize('NFD') + ' 2|테스트 10|가나|나라|하늘',
  sv: 'Ångström|Älg|Öl|Zoo|ål 00|ål 10|ål 2',
  cs: 'chata|cena|hora|ivan|čaj|cyklus|dům|chata 00 a|chata 10',
}

const lines = text => text.split(/[|\n]/).filter(Boolean)
const order = {}
for (const [language, names] of Object.entries(own)) {
  const collator = new Intl.Collator(language, {numeric: true})
  const all = [...new Set([...lines(common), ...lines(names)])].sort()
  order[language] = all.sort(collator.compare)
}
writeFileSync(new URL('order.json', import.meta.url), JSON.stringify(order, null, '\t') + '\n')
