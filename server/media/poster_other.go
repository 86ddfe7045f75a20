//go:build !unix

package media

// poster makes nothing: an open film cannot be handed to another program
// here, and the share is reached in no other way.
func (w *work) poster() (Thumbnail, error) { return Thumbnail{}, ErrNoThumbnail }
