// Package tiff decodes the pages of TIFF files (TIFF 6.0, its supplements and
// BigTIFF), as scanners, fax machines and printing shops write them.
//
// golang.org/x/image/tiff knows neither pages, BigTIFF, JPEG, CMYK, YCbCr, separate
// planes nor floating-point numbers; github.com/hhrutter/tiff (v1.0.6) adds CMYK and
// JPEG, but not the YCbCr that nearly all JPEG in TIFF is. This package takes the
// unpacking from libraries: LZW from golang.org/x/image, JPEG and Deflate from the
// standard library, Zstandard from github.com/klauspost/compress. That of fax is our own;
// fax.go says why.
//
// Not known are old-style JPEG in pieces, uncompressed parts of a fax, and the
// compressions LZMA, WebP and JPEG 2000. Each sample is reduced to 8 bits.
//
// A file may come from anybody. Decoding a page takes no more memory than its
// [Page.Config] tells, which the caller looks at first.
package tiff
