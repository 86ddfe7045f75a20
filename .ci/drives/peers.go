package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/net/webdav"
)

// peer is a program that serves a folder as a drive.
type peer struct {
	name    string
	needs   string // that has to be installed; "" for nothing
	command func(p *peer) []string
	dir     string // that it serves
	port    int
	running *exec.Cmd
}

func peers(windowsill, work string) []*peer {
	self, _ := os.Executable()
	all := []*peer{
		{name: "Windowsill", command: func(p *peer) []string {
			return []string{windowsill, "-no-window", "-open", "-unannounced", "-new-instance", "-visitors", "change", "-port", fmt.Sprint(p.port), p.dir}
		}},
		{name: "x/net/webdav", command: func(p *peer) []string { return []string{self, "-handler", p.addr(), p.dir} }},
		{name: "rclone serve", needs: "rclone", command: func(p *peer) []string {
			return []string{"rclone", "serve", "webdav", p.dir, "--addr", p.addr(), "--config", "/dev/null", "-q"}
		}},
		{name: "nginx", needs: "/usr/lib/nginx/modules/ngx_http_dav_ext_module.so", command: nginx},
		{name: "lighttpd", needs: "/usr/lib/lighttpd/mod_webdav.so", command: lighttpd},
	}
	for i, p := range all {
		p.dir, p.port = filepath.Join(work, fmt.Sprint(i), "share"), 18090+i
	}
	return all
}

func (p *peer) addr() string { return fmt.Sprintf("127.0.0.1:%d", p.port) }

func (p *peer) isThere() bool {
	if p.needs == "" {
		return true
	}
	_, err := exec.LookPath(p.needs)
	if _, statErr := os.Stat(p.needs); statErr == nil {
		err = nil
	}
	return err == nil
}

func (p *peer) config(text string) string {
	at := filepath.Join(filepath.Dir(p.dir), "config")
	if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
		fatal(err)
	}
	return at
}

func nginx(p *peer) []string {
	above := filepath.Dir(p.dir)
	return []string{"nginx", "-e", filepath.Join(above, "errors"), "-c", p.config(fmt.Sprintf(`
load_module %s; daemon off; user root; pid %s/pid; worker_processes auto; error_log %[2]s/errors;
events { worker_connections 1000; }
http { access_log off; sendfile on; keepalive_requests 100000; client_max_body_size 0; client_body_temp_path %[2]s/incoming;
  dav_ext_lock_zone zone=locks:1m;
  server { listen %[3]s; root %[4]s;
    location / { dav_methods PUT DELETE MKCOL COPY MOVE; dav_ext_methods PROPFIND OPTIONS LOCK UNLOCK; dav_ext_lock zone=locks; } } }
`, p.needs, above, p.addr(), p.dir))}
}

func lighttpd(p *peer) []string {
	return []string{"lighttpd", "-D", "-m", filepath.Dir(p.needs), "-f", p.config(fmt.Sprintf(`
server.document-root = %q
server.port = %d
server.bind = "127.0.0.1"
server.max-keep-alive-requests = 100000
server.modules = ("mod_webdav")
server.upload-dirs = (%q)
webdav.activate = "enable"
`, p.dir, p.port, filepath.Dir(p.dir)))}
}

// serveHandler serves a folder with the handler of golang.org/x/net/webdav as it
// comes.
func serveHandler(addr, dir string) error {
	return http.ListenAndServe(addr, &webdav.Handler{FileSystem: webdav.Dir(dir), LockSystem: webdav.NewMemLS()})
}

// start starts a peer in a group of its own, and waits until it answers.
func (p *peer) start() error {
	args := p.command(p)
	p.running = exec.Command(args[0], args[1:]...)
	p.running.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := p.running.Start(); err != nil {
		return err
	}
	for begin := time.Now(); time.Since(begin) < 20*time.Second; time.Sleep(5 * time.Millisecond) {
		if a, err := http.Get("http://" + p.addr() + "/small/0"); err == nil {
			a.Body.Close()
			return nil
		}
	}
	p.end()
	return fmt.Errorf("%s does not answer", p.name)
}

func (p *peer) end() {
	syscall.Kill(-p.running.Process.Pid, syscall.SIGKILL)
	p.running.Wait()
}
