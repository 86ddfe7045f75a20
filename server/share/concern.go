package share

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// isHome reports whether the folder at a path without links is somebody's home,
// or the folder of all homes.
func isHome(at string, info fs.FileInfo) bool {
	top := filepath.VolumeName(at) + string(filepath.Separator)
	holders := []string{filepath.Join(top, "home"), filepath.Join(top, "Users")}
	switch {
	case at == "/root", slices.Contains(holders, at):
		return true
	case slices.Contains(holders, filepath.Dir(at)):
		return !slices.Contains(publicFolders, filepath.Base(at))
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return false
	}
	holder := filepath.Dir(home)
	return isSame(home, info) || !isRoot(holder) && isSame(holder, info)
}

// publicFolders are next to homes but meant for sharing.
var publicFolders = []string{"Public", "Shared"}

// isDisk reports whether the folder at a path without links is the root of a
// file system.
func isDisk(at string, info fs.FileInfo) bool {
	if isRoot(at) {
		return true
	}
	above, err := os.Stat(filepath.Dir(at))
	return err == nil && isMount(info, above)
}

// isRoot reports whether nothing is above a path.
func isRoot(at string) bool { return filepath.Dir(at) == at }

func isSame(at string, info fs.FileInfo) bool {
	other, err := os.Stat(at)
	return err == nil && os.SameFile(other, info)
}

// maxKeySize is in bytes. A larger file that ends in ".key" is a presentation.
const maxKeySize = 64 << 10

// Names of files and folders that hold keys and passwords, in lower case.
var (
	secretFolders  = []string{".ssh", ".gnupg", ".git", ".aws", ".azure", ".kube", ".docker", ".password-store"}
	secretFiles    = []string{".netrc", "_netrc", ".pgpass", ".git-credentials", ".htpasswd", ".npmrc", ".pypirc", "wallet.dat"}
	secretSuffixes = []string{".env", ".kdbx", ".kdb", ".p12", ".pfx", ".jks", ".keystore", ".ppk"}
	keySuffixes    = []string{".pem", ".key"}
	keyPrefixes    = []string{"id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"}
)

// isSecret reports whether a file or folder of that name is likely to hold keys
// or passwords.
func isSecret(name string, s stat) bool {
	name = strings.ToLower(name)
	if s.mode.IsDir() {
		return slices.Contains(secretFolders, name)
	}
	if strings.HasPrefix(name, ".env") || slices.Contains(secretFiles, name) || hasAny(strings.HasSuffix, name, secretSuffixes) {
		return true
	}
	return s.size < maxKeySize && isKey(name)
}

// isKey reports whether a small file of that name is likely to be a private key.
func isKey(name string) bool {
	if strings.HasSuffix(name, ".pub") {
		return false // its public half
	}
	return hasAny(strings.HasSuffix, name, keySuffixes) || hasAny(strings.HasPrefix, name, keyPrefixes) ||
		strings.HasPrefix(name, "id_") && !strings.Contains(name, ".")
}

func hasAny(has func(s, part string) bool, name string, parts []string) bool {
	return slices.ContainsFunc(parts, func(part string) bool { return has(name, part) })
}
