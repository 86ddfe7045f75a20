package archive

// A ZIP has the checksum of a file either before its content or, in a data
// descriptor, after it. Readers that take a ZIP as a stream believe a descriptor
// only behind content that says itself where it ends: java.util.zip refuses
// others, and so do many programs on Android. Therefore a file up to maxSummed is
// summed before its header is sent, which costs one more reading of what the
// system still has in its memory, and a larger one is sent in the stored blocks
// of Deflate (RFC 1951 section 3.2.4), at five bytes for each 64 KiB. busybox
// knows no descriptors at all, and unpacks only the former from a pipe.

// maxSummed is the size of the largest file, in bytes, that is summed before it is
// sent: no more than what a socket buffers, so that the device is kept busy
// meanwhile.
const maxSummed = 4 << 20

const (
	blockSize   = 1<<16 - 1 // bytes of content in a block
	blockHeader = 5
)

func blocksOf(size int64) int64 { return (size + blockSize - 1) / blockSize }

// appendBlockHeader appends the header of the block that begins at an offset of
// the content.
func appendBlockHeader(b []byte, offset, size int64) []byte {
	n, last := size-offset, byte(1)
	if n > blockSize {
		n, last = blockSize, 0
	}
	return append(b, last, byte(n), byte(n>>8), ^byte(n), ^byte(n>>8))
}

// blockAt returns what is at an offset of content in blocks: the header of the
// block that begins at offset content, from byte header on, or if that is
// blockHeader, what is at offset content.
func blockAt(offset int64) (content int64, header int) {
	block, in := offset/(blockHeader+blockSize), offset%(blockHeader+blockSize)
	if in < blockHeader {
		return block * blockSize, int(in)
	}
	return block*blockSize + in - blockHeader, blockHeader
}
