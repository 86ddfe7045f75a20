// Package heic decodes the pictures of phones: HEVC in HEIF (ISO/IEC 23008-12),
// also known as HEIC.
//
// The decoding itself is done by github.com/gen2brain/heic, which is libheif in
// WebAssembly. It takes seconds and a gigabyte for a large picture, and cannot be
// stopped, so it belongs into a process of its own. What it leaves to its callers
// is done here: files of the brand mif1, other ranges and matrices of YCbCr than
// those of JPEG, the ICC profile, and the small picture that phones put beside the
// large one. It turns and crops pictures as the file says; Exif data must not turn
// them again.
package heic
