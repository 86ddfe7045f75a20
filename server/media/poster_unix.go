//go:build unix

package media

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

const (
	posterTimeout  = 10 * time.Second // for ffmpeg
	maxPosterCPU   = 10               // seconds of a processor, for each run of it
	maxPosterAS    = 1 << 20          // kilobytes of its address space; 8K in HEVC takes 800,000
	posterNiceness = 5                // how far it stands back behind what else the computer does
	maxPoster      = 8 << 20          // bytes of its output
	maxPosterBlock = "268435456"      // bytes that it may allocate at once
)

// containers are the formats that ffmpeg may open. A file that is really a playlist
// could make it read other files, or the network.
const containers = "mov,matroska,avi,mpegts,mpeg,mpegvideo,m4v,flv,asf,ogg,h264,hevc"

// poster makes the thumbnail from a frame near the beginning of a film, which is
// rarely black there, or from the first frame of a very short film.
func (w *thumbnailer) poster() (Thumbnail, error) {
	film, ok := w.file.(*os.File)
	if w.maker.ffmpeg == "" || !ok {
		return Thumbnail{}, ErrNoThumbnail
	}
	if err := w.maker.posters.Acquire(w.ctx, 1); err != nil {
		return Thumbnail{}, err
	}
	defer w.maker.posters.Release(1)
	ctx, cancel := context.WithTimeout(w.ctx, posterTimeout)
	defer cancel()
	for _, second := range []string{"3", "0"} {
		frame := grabFrame(ctx, w.maker.ffmpeg, film, second, w.side)
		if p, err := measure(io.NewSectionReader(bytes.NewReader(frame), 0, int64(len(frame))), w.side); err == nil {
			return w.from(p, findings{})
		}
	}
	return Thumbnail{}, ErrNoThumbnail
}

// restrained runs its arguments within bounds, which the system keeps even if this
// program ends meanwhile. It is the shell that sets them, because Go cannot between
// fork and exec. macOS has no bound on the address space, and says so.
var restrained = fmt.Sprintf(`ulimit -c 0; ulimit -t %d; ulimit -v %d 2>/dev/null; exec nice -n %d "$@"`, maxPosterCPU, maxPosterAS, posterNiceness)

// grabFrame returns a frame as JPEG, or nil. ffmpeg gets the open file, because the
// share is reached in no other way.
func grabFrame(ctx context.Context, ffmpeg string, film *os.File, second string, side int) []byte {
	fitting := fmt.Sprintf("scale=w='min(%[1]d,iw)':h='min(%[1]d,ih)':force_original_aspect_ratio=decrease", side)
	cmd := exec.CommandContext(ctx, "sh", "-c", restrained, ffmpeg, ffmpeg,
		"-nostdin", "-hide_banner", "-loglevel", "error", "-max_alloc", maxPosterBlock,
		"-protocol_whitelist", "file", "-format_whitelist", containers,
		"-threads", "1", "-ss", second, "-i", "/dev/fd/3",
		"-map", "0:v:0", "-frames:v", "1", "-vf", "scale=iw*sar:ih,setsar=1,"+fitting,
		"-threads", "1", "-c:v", "mjpeg", "-q:v", "3", "-f", "image2pipe", "pipe:1")
	cmd.ExtraFiles = []*os.File{film}
	cmd.WaitDelay = time.Second
	out := limitedBuffer{limit: maxPoster}
	cmd.Stdout = &out
	if cmd.Run() != nil {
		return nil
	}
	return out.Bytes()
}

// limitedBuffer is a buffer with a limit.
type limitedBuffer struct {
	bytes.Buffer
	limit int
}

// Write fails if the limit would be exceeded.
func (b *limitedBuffer) Write(p []byte) (int, error) {
	if b.Len()+len(p) > b.limit {
		return 0, io.ErrShortWrite
	}
	return b.Buffer.Write(p)
}
