package worker

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"sync"
	"time"

	"windowsill/server/turns"
)

// Why a job has no output, besides the errors of its context.
var (
	// ErrBeyond says that a job went beyond a bound, or took its worker with it.
	ErrBeyond = errors.New("worker: the job goes beyond a bound")
	// ErrUnavailable says that no worker could be started, or that none was
	// free in time. Another time it may be otherwise.
	ErrUnavailable = errors.New("worker: none is available")
)

// JobError is what a job itself said.
type JobError struct{ Text string }

// Error returns the job's own words.
func (e *JobError) Error() string { return "worker: " + e.Text }

// Limits bound one job. The zero value of each field stands for its default.
type Limits struct {
	CPU    time.Duration // of a processor; default 1 s
	Memory int64         // of the process, in bytes; default 256 MB
	Output int           // in bytes; default 4 MiB
}

// Options are the bounds of a [Pool]. The zero value of each field stands for
// its default.
type Options struct {
	Limits   Limits
	Most     int           // jobs at once; default as many as there are processors, but 2 to 4
	Share    int           // of those, for one caller; default half
	Held     int           // outputs that have not been closed; default 32
	Patience time.Duration // how long a job waits for its turn; default 5 s
	Time     time.Duration // how long it runs; default 30 s, for machines with much else to do
	Idle     time.Duration // how long an unused worker is kept; default 30 s
	Program  string        // what is started; default this program
}

func (o Options) withDefaults() Options {
	orElse(&o.Limits.CPU, time.Second)
	orElse(&o.Limits.Memory, 256<<20)
	orElse(&o.Limits.Output, 4<<20)
	orElse(&o.Most, min(max(runtime.GOMAXPROCS(0), 2), 4))
	orElse(&o.Share, max(o.Most/2, 1))
	orElse(&o.Held, 32)
	orElse(&o.Patience, 5*time.Second)
	orElse(&o.Time, 30*time.Second)
	orElse(&o.Idle, 30*time.Second)
	return o
}

func orElse[T int | int64 | time.Duration](value *T, fallback T) {
	if *value == 0 {
		*value = fallback
	}
}

// Pool starts workers, gives them jobs and ends them. It is safe for
// concurrent use.
type Pool struct {
	options Options
	running *turns.Turns
	held    *turns.Turns
	open    context.Context // done when the pool is closed
	end     context.CancelFunc
	workers sync.WaitGroup // those that have not ended

	mu   sync.Mutex
	idle []*process // who worked last is last
}

// NewPool returns a pool, which the caller closes. It starts no worker before
// there is a job.
func NewPool(o Options) *Pool {
	p := &Pool{options: o.withDefaults()}
	p.open, p.end = context.WithCancel(context.Background())
	p.running = turns.New(p.options.Most, p.options.Share)
	p.held = turns.New(p.options.Held, max(p.options.Held/4, 1))
	return p
}

// Close ends all workers, whatever they are doing, and waits for them.
func (p *Pool) Close() {
	p.mu.Lock()
	p.end()
	p.idle = nil
	p.mu.Unlock()
	p.workers.Wait()
}

// Output is what a job has made. Only so many are held at once, so whoever
// got one closes it.
type Output struct {
	content bytes.Reader
	release func()
}

// Read reads the output from its beginning on.
func (o *Output) Read(p []byte) (int, error) { return o.content.Read(p) }

// Close lets go of the output. It returns no error.
func (o *Output) Close() error {
	o.release()
	return nil
}

// Do has a worker do a job, and ends it when ctx is done. Caller says who
// wants it; each gets a share of what can be done at once. The input is not
// read before there is room for it. The error is [ErrBeyond], [ErrUnavailable],
// a [*JobError], that of the input or ctx's own.
func (p *Pool) Do(ctx context.Context, caller, job string, input io.Reader) (*Output, error) {
	waiting, cancel := context.WithTimeoutCause(ctx, p.options.Patience, ErrUnavailable)
	defer cancel()
	if err := p.held.Take(waiting, caller); err != nil {
		return nil, err
	}
	release := sync.OnceFunc(func() { p.held.Give(caller) })
	content, err := io.ReadAll(input)
	if err == nil {
		content, err = p.run(waiting, ctx, caller, task{job, content})
	}
	if err != nil {
		release()
		return nil, err
	}
	return &Output{*bytes.NewReader(content), release}, nil
}

// run waits for its turn and does a task.
func (p *Pool) run(waiting, ctx context.Context, caller string, t task) ([]byte, error) {
	if err := p.running.Take(waiting, caller); err != nil {
		return nil, err
	}
	defer p.running.Give(caller)
	ctx, cancel := context.WithTimeoutCause(ctx, p.options.Time, ErrBeyond)
	defer cancel()
	w, err := p.worker(ctx)
	if err != nil {
		return nil, err
	}
	content, err := w.do(ctx, t, p.options.Limits.Output)
	if _, itself := errors.AsType[*JobError](err); err != nil && !itself {
		w.end()
		return nil, err
	}
	p.keep(w)
	return content, err
}

// worker returns one that is idle, or a new one.
func (p *Pool) worker(ctx context.Context) (*process, error) {
	if w := p.rested(); w != nil {
		return w, nil
	}
	w, err := p.start()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	if err := w.greet(ctx, p.options.Limits); err != nil {
		w.end()
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return nil, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return w, nil
}

// rested returns a worker that is idle; nil if there is none.
func (p *Pool) rested() *process {
	p.mu.Lock()
	defer p.mu.Unlock()
	for n := len(p.idle); n > 0; n = len(p.idle) {
		w := p.idle[n-1]
		p.idle = p.idle[:n-1]
		w.rest.Stop()
		if !w.hasEnded() {
			return w
		}
	}
	return nil
}

// start starts a process, which ends with the pool at the latest.
func (p *Pool) start() (*process, error) {
	program := p.options.Program
	if program == "" {
		var err error
		if program, err = own(); err != nil {
			return nil, err
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open.Err() != nil {
		return nil, os.ErrClosed
	}
	w, err := launch(program)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(p.open, w.kill)
	p.workers.Go(func() {
		defer stop()
		w.await()
	})
	return w, nil
}

// keep has a worker wait for the next job, but not for long.
func (p *Pool) keep(w *process) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open.Err() != nil {
		return // it is being killed
	}
	p.idle = append(p.idle, w)
	w.rest = time.AfterFunc(p.options.Idle, func() { p.retire(w) })
}

// retire ends a worker that still has nothing to do.
func (p *Pool) retire(w *process) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := slices.Index(p.idle, w); i >= 0 {
		p.idle = slices.Delete(p.idle, i, i+1)
		w.kill()
	}
}
