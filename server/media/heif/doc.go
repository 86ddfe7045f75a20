// Package heif decodes the pictures of phones in HEIF (ISO/IEC 23008-12): HEVC, also
// known as HEIC, and AV1, also known as AVIF.
//
// The decoding itself is done by github.com/gen2brain/heic and
// github.com/gen2brain/avif, which are libheif and libavif in WebAssembly. It takes
// seconds and a gigabyte for a large picture, and cannot be stopped, so it belongs
// into a process of its own. What they leave to their callers is done here: files
// of the brand mif1, other ranges and matrices of YCbCr than those of JPEG,
// transparency, the ICC profile, turning and cropping of AVIF, and the small picture
// that phones put beside the large one. Exif data must not turn pictures again.
package heif
