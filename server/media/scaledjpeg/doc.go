// Package scaledjpeg decodes JPEG files at a half, a quarter or an eighth of
// their size, which takes a fraction of the time and memory that the whole
// picture takes: of each block of 8×8 coefficients it transforms only the
// lowest 4×4, 2×2 or 1×1 (ITU-T T.81; libjpeg calls it scale_denom). It also
// decodes them whole, and then, as browsers do, shows what there is of a file
// that is damaged or ends too early.
//
// It knows Huffman coding with 8 bits, sequential or progressive, in grey or
// YCbCr with any sampling: what cameras, phones and browsers write. For
// everything else it returns [ErrUnsupported], and image/jpeg is there.
//
// It is our own because image/jpeg decodes neither at another size nor what is
// damaged, and the one library for Go that scales, github.com/gen2brain/jpegn
// v0.3.0, is pale when it does and wrong after restart markers.
package scaledjpeg
