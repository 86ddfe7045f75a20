//go:build unix && !linux

package instance

func (i *Instance) claim(paths []string) (first bool, err error) { return i.claimSocket(paths) }
