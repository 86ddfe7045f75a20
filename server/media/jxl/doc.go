// Package jxl decodes the pictures in JPEG XL files (ISO/IEC 18181).
//
// The decoding itself is done by github.com/gen2brain/jpegxl, which is libjxl in
// WebAssembly. It turns pictures the right way up, whatever they say, and puts all of
// them into RGB. It takes seconds and several hundred megabytes for a large picture, and
// cannot be stopped, so it belongs into a process of its own. What it leaves to its
// callers is done here: the size is looked at before anything is allocated, and the
// colours, which it does not tell, are read from the header.
//
// Files that are cut off are not decoded, nor is CMYK. An ICC profile is packed like the
// picture itself and stays unread: lossless pictures that have one are taken for sRGB.
package jxl
