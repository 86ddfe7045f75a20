//go:build unix && !linux && !darwin

package desktop

import "errors"

func startFile() (string, error) {
	return "", errors.New("Windowsill does not know how programs are started at login here.")
}

func startEntry(string) string { return "" }
