#!/bin/sh
# heif-enc of libheif-examples 1.15.1-1+deb12u1 turns a PNG with a palette into a
# picture of other colours, and exits with 0, if the palette has transparency (tRNS,
# which is lost as well) or a pixel fewer than 8 bits: columns of red, green, blue
# come back as red, green, green, or as blue, black, blue. With 8 bits and no
# transparency they are right.
# Guess before: the same colours for all four, and transparency where it was.
# Seen: "8 bit: red green blue", "8 bit, tRNS: red green green, opaque",
# "2 bit: blue black blue", "2 bit, tRNS: magenta green black, opaque".
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
apt-get download -qq -o APT::Sandbox::User=root libheif-examples=1.15.1-1+deb12u1 libheif1=1.15.1-1+deb12u1 \
	libaom3 libdav1d6 libde265-0 libx265-199 libnuma1 libjpeg62-turbo libpng16-16
for deb in *.deb; do dpkg-deb -x "$deb" .; done
LD_LIBRARY_PATH=$(echo "$T"/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH
cat >go.mod <<'MOD'
module finding

go 1.23
MOD
cat >main.go <<'GO'
package main

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
)

// Of 64 by 64 pixels, the columns are red, green, blue and one that does not count.
func main() {
	if len(os.Args) == 1 {
		write("2.png", 4, 255)
		write("2t.png", 4, 128)
		write("8.png", 256, 255)
		write("8t.png", 256, 128)
		return
	}
	f, err := os.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	img, err := png.Decode(f)
	if err != nil {
		panic(err)
	}
	fmt.Printf("%s:", os.Args[2])
	for _, x := range []int{8, 24, 40} {
		r, g, b, _ := img.At(x, 32).RGBA()
		name := ""
		for _, v := range []uint32{r, g, b} {
			name += string("01"[v>>15])
		}
		fmt.Print(" ", map[string]string{"000": "black", "100": "red", "010": "green", "001": "blue", "110": "yellow", "011": "cyan", "101": "magenta", "111": "white"}[name])
	}
	if _, _, _, a := img.At(56, 32).RGBA(); len(os.Args) > 3 {
		fmt.Print(map[bool]string{true: ", opaque", false: ", transparent"}[a == 0xffff])
	}
	fmt.Println()
}

func write(name string, colours int, alpha uint8) {
	palette := color.Palette{color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 255, 0, 255}, color.NRGBA{0, 0, 255, 255}, color.NRGBA{0, 0, 0, alpha}}
	for i := len(palette); i < colours; i++ {
		palette = append(palette, color.NRGBA{uint8(i), 7, 7, 255})
	}
	img := image.NewPaletted(image.Rect(0, 0, 64, 64), palette)
	for i := range img.Pix {
		img.Pix[i] = uint8(i % 64 / 16)
	}
	f, err := os.Create(name)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		panic(err)
	}
}
GO
go build -o look .
./look
for name in 8 8t 2 2t; do
	usr/bin/heif-enc -q 100 -p chroma=444 $name.png -o $name.heic >/dev/null
	usr/bin/heif-convert $name.heic $name.out.png >/dev/null
done
{
	./look 8.out.png '8 bit'
	./look 8t.out.png '8 bit, tRNS' t
	./look 2.out.png '2 bit'
	./look 2t.out.png '2 bit, tRNS' t
} | tee seen
printf '8 bit: red green blue\n8 bit, tRNS: red green green, opaque\n2 bit: blue black blue\n2 bit, tRNS: magenta green black, opaque\n' | cmp - seen
