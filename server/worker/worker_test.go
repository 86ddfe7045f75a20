package worker

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"go.uber.org/goleak"
)

// TestMain makes the test's own program the worker, as it is in the product.
func TestMain(m *testing.M) {
	if Is(os.Args) {
		os.Exit(Main(jobs))
	}
	goleak.VerifyTestMain(m)
}

// jobs are harmless ones, each of which goes beyond one bound if that is low.
var jobs = map[string]Job{
	"upper": func(in []byte, out io.Writer) error {
		_, err := out.Write(bytes.ToUpper(in))
		return err
	},
	"pid": func(_ []byte, out io.Writer) error {
		_, err := io.WriteString(out, strconv.Itoa(os.Getpid()))
		return err
	},
	"fail":  func(in []byte, _ io.Writer) error { return errors.New(string(in)) },
	"panic": func(in []byte, _ io.Writer) error { panic(string(in)) },
	"exit":  func([]byte, io.Writer) error { os.Exit(0); return nil },
	"print": func(_ []byte, out io.Writer) error {
		fmt.Println("between two frames")
		_, err := io.WriteString(out, "printed")
		return err
	},
	"spin": func([]byte, io.Writer) error {
		for i := 0; ; i++ {
			if i < 0 {
				return nil
			}
		}
	},
	"recurse": func(_ []byte, out io.Writer) error { _, err := fmt.Fprint(out, recurse(0)); return err },
	"hoard":   hoard,
	"grab":    grab,
	"write": func(in []byte, out io.Writer) error {
		n, _ := strconv.Atoi(string(in))
		for range n {
			_, _ = out.Write([]byte("x")) // libraries do not look at errors either
		}
		return nil
	},
	"wait": wait,
}

func recurse(n int) int {
	if n < 0 {
		return 0
	}
	return recurse(n+1) + 1
}

// hoard takes so many bytes little by little.
func hoard(in []byte, out io.Writer) error {
	n, _ := strconv.Atoi(string(in))
	var all [][]byte
	for range n >> 16 {
		all = append(all, bytes.Repeat([]byte{1}, 1<<16))
	}
	_, err := fmt.Fprint(out, len(all))
	return err
}

// grab takes so many bytes at once, and keeps them.
func grab(in []byte, out io.Writer) error {
	n, _ := strconv.Atoi(string(in))
	grabbed = make([]byte, n)
	_, err := fmt.Fprint(out, len(grabbed))
	return err
}

var grabbed []byte

// wait says at an address that it has begun, and waits there for the end.
func wait(in []byte, _ io.Writer) error {
	c, err := net.Dial("tcp", string(in))
	if err != nil {
		return err
	}
	_, err = c.Read(make([]byte, 1))
	return err
}

// meeting is where a job that waits is met.
type meeting struct {
	net.Listener
	t *testing.T
}

func meet(t *testing.T) meeting {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return meeting{l, t}
}

func (m meeting) address() []byte { return []byte(m.Addr().String()) }

// begun returns when a job has begun. The connection lasts as long as it does.
func (m meeting) begun() net.Conn {
	m.t.Helper()
	c, err := m.Accept()
	if err != nil {
		m.t.Fatal(err)
	}
	m.t.Cleanup(func() { c.Close() })
	return c
}

// hasEnded waits for the end of the job at the other end.
func (m meeting) hasEnded(c net.Conn) {
	m.t.Helper()
	_ = c.SetReadDeadline(time.Now().Add(30 * time.Second))
	if _, err := c.Read(make([]byte, 1)); errors.Is(err, os.ErrDeadlineExceeded) {
		m.t.Error("the job goes on")
	}
}

func pool(t *testing.T, o Options) *Pool {
	t.Helper()
	if o.Limits.CPU == 0 {
		o.Limits.CPU = 30 * time.Second // the race detector makes all slower
	}
	p := NewPool(o)
	t.Cleanup(p.Close)
	return p
}

// do returns what a job has made.
func do(t *testing.T, p *Pool, job, input string) (string, error) {
	t.Helper()
	out, err := p.Do(t.Context(), "a", job, strings.NewReader(input))
	if err != nil {
		return "", err
	}
	defer out.Close()
	content, err := io.ReadAll(out)
	return string(content), err
}

func TestJobsAreDone(t *testing.T) {
	p := pool(t, Options{})
	long := strings.Repeat("long ", 500_000)
	for _, c := range []struct{ job, input, want string }{
		{"upper", "some text", "SOME TEXT"},
		{"upper", "", ""},
		{"upper", long, strings.ToUpper(long)},
		{"print", "", "printed"},
		{"write", "100", strings.Repeat("x", 100)},
	} {
		if got, err := do(t, p, c.job, c.input); got != c.want || err != nil {
			t.Errorf("%s makes %.20q of %.20q, %v, want %.20q", c.job, got, c.input, err, c.want)
		}
	}
}

func TestJobThatFailsSaysWhy(t *testing.T) {
	p := pool(t, Options{})
	before, _ := do(t, p, "pid", "")
	for job, want := range map[string]string{"fail": "for this reason", "unknown": "There is no such job."} {
		_, err := do(t, p, job, "for this reason")
		if e, ok := errors.AsType[*JobError](err); !ok || e.Text != want {
			t.Errorf("%s: %v, want %q", job, err, want)
		}
	}
	if after, err := do(t, p, "pid", ""); after != before || err != nil {
		t.Errorf("another process after a failure: %s and %s, %v", before, after, err)
	}
}

func TestJobBeyondABoundEndsAloneAndTheNextIsDone(t *testing.T) {
	const mb, long = 1 << 20, time.Hour // so that it is the bound in question that ends the job
	for _, c := range []struct {
		job, input string
		options    Options
	}{
		{"spin", "", Options{Limits: Limits{CPU: 50 * time.Millisecond}, Time: long}},
		{"spin", "", Options{Limits: Limits{CPU: long}, Time: 2 * time.Second}},
		{"hoard", "200000000", Options{Limits: Limits{CPU: long, Memory: 64 * mb}, Time: long}},
		{"grab", "4000000000", Options{Limits: Limits{CPU: long, Memory: 64 * mb}, Time: long}},
		{"recurse", "", Options{Limits: Limits{CPU: long, Memory: 64 * mb}, Time: long}},
		{"write", "1001", Options{Limits: Limits{Output: 1000}}},
		{"panic", "", Options{}},
		{"exit", "", Options{}},
	} {
		p := pool(t, c.options)
		if _, err := do(t, p, c.job, c.input); !errors.Is(err, ErrBeyond) {
			t.Errorf("%s %s with %+v: %v, want ErrBeyond", c.job, c.input, c.options, err)
		}
		if got, err := do(t, p, "upper", "next"); got != "NEXT" || err != nil {
			t.Errorf("after %s: %q, %v", c.job, got, err)
		}
	}
}

func TestJobWithinItsBoundsIsDone(t *testing.T) {
	p := pool(t, Options{Limits: Limits{Output: 1000, Memory: 256 << 20}})
	for job, input := range map[string]string{"write": "1000", "hoard": "30000000", "grab": "30000000"} {
		for range 3 {
			if _, err := do(t, p, job, input); err != nil {
				t.Errorf("%s %s: %v", job, input, err)
			}
		}
	}
}

func TestJobEndsWhenNobodyWaitsForItAnyMore(t *testing.T) {
	p, m := pool(t, Options{}), meet(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	left, result := errors.New("left"), make(chan error)
	go func() {
		_, err := p.Do(ctx, "a", "wait", bytes.NewReader(m.address()))
		result <- err
	}()
	job := m.begun()
	cancel(left)
	m.hasEnded(job)
	if err := <-result; err != left {
		t.Errorf("%v, want why the context ended", err)
	}
}

func TestClosedPoolEndsWhatRuns(t *testing.T) {
	p, m := NewPool(Options{}), meet(t)
	result := make(chan error)
	go func() {
		_, err := p.Do(t.Context(), "a", "wait", bytes.NewReader(m.address()))
		result <- err
	}()
	job := m.begun()
	p.Close()
	m.hasEnded(job)
	if err := <-result; err == nil {
		t.Error("no error")
	}
	if _, err := do(t, p, "upper", "x"); !errors.Is(err, ErrUnavailable) {
		t.Errorf("closed: %v, want ErrUnavailable", err)
	}
}

// The program may end in any way: what it has started must not stay behind.
func TestWorkerEndsWithItsInputWhateverItDoes(t *testing.T) {
	m := meet(t)
	program, err := own()
	if err != nil {
		t.Fatal(err)
	}
	w, err := launch(program)
	if err != nil {
		t.Fatal(err)
	}
	go w.await()
	defer w.end()
	if err := w.greet(t.Context(), NewPool(Options{}).options.Limits); err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = w.exchange(task{"wait", m.address()}, 100) }()
	job := m.begun()
	w.to.Close()
	m.hasEnded(job)
}

func TestWorkerIsKeptForAWhile(t *testing.T) {
	p := pool(t, Options{Idle: time.Hour})
	first, err := do(t, p, "pid", "")
	if second, _ := do(t, p, "pid", ""); first != second || err != nil {
		t.Errorf("two processes for two jobs: %s and %s, %v", first, second, err)
	}
	p = pool(t, Options{Idle: time.Nanosecond})
	if _, err := do(t, p, "pid", ""); err != nil {
		t.Error(err)
	}
	p.workers.Wait() // would hang for ever if it were kept
}

func TestWorkerThatEndsWhileItIsIdleIsReplaced(t *testing.T) {
	p := pool(t, Options{Idle: time.Hour})
	if _, err := do(t, p, "upper", ""); err != nil {
		t.Fatal(err)
	}
	p.idle[0].end()
	if got, err := do(t, p, "upper", "x"); got != "X" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

func TestProgramThatIsNoWorkerIsUnavailable(t *testing.T) {
	for _, program := range []string{"/not/there", os.TempDir(), "true", "yes"} {
		p := pool(t, Options{Program: program})
		if _, err := do(t, p, "upper", "x"); !errors.Is(err, ErrUnavailable) {
			t.Errorf("%s: %v, want ErrUnavailable", program, err)
		}
	}
}

func TestInputThatCannotBeReadIsTheError(t *testing.T) {
	p, broken := pool(t, Options{Held: 1}), errors.New("broken")
	for range 2 {
		if _, err := p.Do(t.Context(), "a", "upper", iotest.ErrReader(broken)); err != broken {
			t.Errorf("%v, want that of the input", err)
		}
	}
}

func TestOnlySoManyOutputsAreHeld(t *testing.T) {
	p := pool(t, Options{Held: 1, Patience: time.Second})
	first, err := p.Do(t.Context(), "a", "upper", strings.NewReader(""))
	if err != nil {
		t.Fatal(err)
	}
	p.options.Patience = time.Nanosecond
	if _, err := do(t, p, "upper", "x"); !errors.Is(err, ErrUnavailable) {
		t.Errorf("%v, want ErrUnavailable", err)
	}
	p.options.Patience = time.Minute
	first.Close()
	first.Close()
	if _, err := do(t, p, "upper", "x"); err != nil {
		t.Error(err)
	}
	held, err := p.Do(t.Context(), "a", "upper", strings.NewReader(""))
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	p.options.Patience = time.Nanosecond
	if _, err := do(t, p, "upper", "x"); !errors.Is(err, ErrUnavailable) {
		t.Errorf("one that was closed twice makes room for two: %v", err)
	}
}
