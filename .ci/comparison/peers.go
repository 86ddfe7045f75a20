package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// peer is one program that serves a folder.
type peer struct {
	name    string
	version []string                                      // what prints it
	command func(b *bench, port string) ([]string, error) // how it is started; nil error and nil command: not there
	at      string                                        // where the folder is, "" for the root
	listing string                                        // what follows a folder's name to list it
	zip     string                                        // what follows it to have it as one file; "" if it can't
	puts    bool
	ours    bool // a Windowsill
	bare    bool // it does large files and nothing else
	crowds  bool // it copes with thousands of connections

	tls     *tls.Config // of its clients; nil if it does not encrypt
	running *process
	port    string
}

var peers = []*peer{
	windowsill("Windowsill", func(b *bench) string { return b.windowsill }),
	{name: "bare sendfile", bare: true, command: func(b *bench, port string) ([]string, error) {
		return installed(b.simplest, "bare", b.dir, port)
	}},
	{name: "FileServer", crowds: true, command: func(b *bench, port string) ([]string, error) {
		return installed(b.simplest, "files", b.dir, port)
	}},
	{name: "nginx", crowds: true, version: []string{"nginx", "-v"}, puts: true, command: nginx},
	{name: "Caddy", crowds: true, version: []string{"caddy", "version"}, command: caddy},
	{name: "python3", version: []string{"python3", "--version"}, command: func(b *bench, port string) ([]string, error) {
		return installed("python3", "-m", "http.server", "--bind", "127.0.0.1", "-d", b.dir, port)
	}},
	{name: "serve", version: []string{"serve", "--version"}, command: func(b *bench, port string) ([]string, error) {
		return node("serve", "--no-request-logging", "-l", "tcp://127.0.0.1:"+port, b.dir)
	}},
	{name: "http-server", version: []string{"http-server", "--version"}, command: func(b *bench, port string) ([]string, error) {
		return node("http-server", b.dir, "-s", "-c-1", "-a", "127.0.0.1", "-p", port)
	}},
	{name: "HFS", at: "/share", listing: "~/api/get_file_list?uri=/share/", zip: "?get=zip", puts: true, command: hfs},
}

// before is what an earlier Windowsill is called.
const before = "before"

// windowsill returns one that is at a path.
func windowsill(name string, at func(*bench) string) *peer {
	p := &peer{name: name, ours: true, crowds: true, zip: "?zip", puts: true, command: func(b *bench, port string) ([]string, error) {
		return []string{at(b), "-no-window", "-open", "-unannounced", "-visitors", "add", "-port", port, b.dir}, nil
	}}
	if name != before {
		p.version = []string{"windowsill", "-version"}
	}
	return p
}

// installed returns a command if its program is there.
func installed(name string, args ...string) ([]string, error) {
	if _, err := exec.LookPath(name); err != nil {
		return nil, nil
	}
	return append([]string{name}, args...), nil
}

// node is installed for a program of npm.
func node(name string, args ...string) ([]string, error) {
	if _, err := exec.LookPath(name); err == nil {
		return append([]string{name}, args...), nil
	}
	return installed("npx", append([]string{"--yes", name}, args...)...)
}

func nginx(b *bench, port string) ([]string, error) { return nginxListening(b, port, port) }

// nginxListening is given what follows the address in its line "listen".
func nginxListening(b *bench, port, listen string) ([]string, error) {
	own := filepath.Join(b.work, "nginx"+port)
	conf := filepath.Join(own, "nginx.conf")
	text := fmt.Sprintf(`%s worker_processes auto; daemon off; pid %s/pid; error_log %s/log;
events { worker_connections 8192; }
http {
	access_log off; sendfile on; keepalive_requests 100000000; client_max_body_size 0;
	default_type application/octet-stream;
	client_body_temp_path %[3]s/body; proxy_temp_path %[3]s/proxy; fastcgi_temp_path %[3]s/f; uwsgi_temp_path %[3]s/u; scgi_temp_path %[3]s/s;
	server { listen 127.0.0.1:%[4]s; root %[5]s; autoindex on; location /up/ { dav_methods PUT; } }
}`, userLine(), own, own, listen, b.dir)
	if err := write(conf, text); err != nil {
		return nil, err
	}
	return installed("nginx", "-c", conf, "-e", filepath.Join(own, "log"))
}

// userLine keeps nginx from working as somebody who may not read the files.
func userLine() string {
	if os.Getuid() == 0 {
		return "user root;"
	}
	return ""
}

func caddy(b *bench, port string) ([]string, error) {
	return caddyAt(b, port, "http://127.0.0.1:"+port, "")
}

// caddyAt is given its address, and one more line for it.
func caddyAt(b *bench, port, address, line string) ([]string, error) {
	conf := filepath.Join(b.work, "caddy"+port, "Caddyfile")
	text := fmt.Sprintf("{\n admin off\n auto_https off\n}\n%s {\n root * %s\n file_server browse\n %s\n}\n", address, b.dir, line)
	if err := write(conf, text); err != nil {
		return nil, err
	}
	return installed("caddy", "run", "--config", conf, "--adapter", "caddyfile")
}

func hfs(b *bench, port string) ([]string, error) {
	own := filepath.Join(b.work, "hfs"+port)
	text := fmt.Sprintf("port: %s\nopen_browser_at_start: false\nlog: \"\"\nerror_log: \"\"\nvfs:\n  children:\n    - source: %s\n      name: share\n      can_upload: true\n", port, b.dir)
	if err := write(filepath.Join(own, "config.yaml"), text); err != nil {
		return nil, err
	}
	return node("hfs", "--cwd", own)
}

func write(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

// url returns the address of a file or folder of the share.
func (p *peer) url(name string) string { return p.origin() + p.at + "/" + name }

func (p *peer) origin() string {
	if p.tls != nil {
		return "https://127.0.0.1:" + p.port
	}
	return "http://127.0.0.1:" + p.port
}

// list returns the address that lists a folder: where a program's page asks
// for it with a script, what the script asks for.
func (p *peer) list(name string) string {
	if strings.HasPrefix(p.listing, "~") {
		return p.origin() + "/" + p.listing + name + "/"
	}
	return p.url(name) + "/" + p.listing
}

// printed returns a program's version.
func (p *peer) printed(b *bench) string {
	if p.version == nil {
		return ""
	}
	args := p.version
	if args[0] == "windowsill" {
		args = append([]string{b.windowsill}, args[1:]...)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, args[0], args[1:]...).CombinedOutput()
	if err != nil {
		return "?"
	}
	first, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return strings.TrimPrefix(first, "nginx version: ")
}
