#!/bin/sh
# golang.org/x/image v0.47.0 decodes a lossy WebP from black to white, made by
# sharp 0.33.5, as grey values from 16 to 235. It puts VP8's planes, where black
# is 16 and white 235, unchanged into an image.YCbCr, whose 0 is black. A lossless
# WebP of the same picture goes from 0 to 255.
# Guess before: 0 to 255 for both, since image.Decode gives that for JPEG.
# Seen: "lossy 16 to 235", "lossless 0 to 255".
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
npm install --silent --no-audit --no-fund --prefix . sharp@0.33.5
cat >make.js <<'JS'
const sharp = require("sharp"), w = 256, h = 64;
const raw = Buffer.alloc(w * h * 3);
for (let i = 0; i < w * h; i++) raw.fill(i % w, 3 * i, 3 * i + 3);
const picture = () => sharp(raw, { raw: { width: w, height: h, channels: 3 } });
Promise.all([
  picture().webp({ quality: 95 }).toFile("lossy.webp"),
  picture().webp({ lossless: true }).toFile("lossless.webp"),
]);
JS
node make.js
cat >go.mod <<'MOD'
module finding

go 1.23

require golang.org/x/image v0.47.0
MOD
cat >main.go <<'GO'
package main

import (
	"fmt"
	"image/color"
	"os"

	"golang.org/x/image/webp"
)

func main() {
	for _, name := range []string{"lossy", "lossless"} {
		f, err := os.Open(name + ".webp")
		if err != nil {
			panic(err)
		}
		img, err := webp.Decode(f)
		if err != nil {
			panic(err)
		}
		low, high := uint8(255), uint8(0)
		for y := range img.Bounds().Dy() {
			for x := range img.Bounds().Dx() {
				v := color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y
				low, high = min(low, v), max(high, v)
			}
		}
		fmt.Printf("%s %d to %d\n", name, low, high)
	}
}
GO
go mod tidy 2>/dev/null
go run . | tee seen
grep -qx 'lossless 0 to 255' seen
awk '$1 == "lossy" && $2 >= 14 && $2 <= 18 && $4 >= 233 && $4 <= 238 { ok = 1 } END { exit !ok }' seen
