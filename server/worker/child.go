package worker

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// argument is how the program is told to be a worker. It begins like a flag
// so that a program that knows nothing of workers, such as a test, refuses it.
const argument = "-windowsill-worker"

const (
	greeting    = "windowsill worker 1" // a worker is ready
	longestName = 1 << 10               // of a job
	longestTask = 256 << 20             // the input of a job
)

// The first byte of an answer.
const (
	succeeded = '+' // the output follows
	failed    = '-' // the text of an error follows
)

// beyond is the exit status of a worker whose job went beyond a bound.
const beyond = 3

// Job makes output of input. What it writes counts even if it runs no more
// than once: nothing goes out before it returns.
type Job func(input []byte, output io.Writer) error

// Is reports whether a process with these arguments is to be a worker. They
// are those of os.Args.
func Is(args []string) bool { return len(args) == 2 && args[1] == argument }

// Main is a worker, which does jobs until its input ends. It returns the exit
// status.
func Main(jobs map[string]Job) int {
	in, out := os.Stdin, os.Stdout
	os.Stdout = os.Stderr // what a library prints must not come between frames
	l, err := readLimits(in)
	if err != nil {
		return 1
	}
	l.impose()
	if writeFrame(out, []byte(greeting)) != nil {
		return 1
	}
	tasks := make(chan task)
	go receive(in, tasks)
	for t := range tasks {
		if writeFrame(out, l.do(jobs[t.job], t.input)) != nil {
			return 1
		}
		if memoryInUse() > l.Memory/4 {
			debug.FreeOSMemory() // while there is nothing to do
		}
	}
	return 0
}

type task struct {
	job   string
	input []byte
}

// receive hands on tasks until there are no more. Then nobody waits for an
// answer, whatever is being done: the process ends.
func receive(in io.Reader, tasks chan<- task) {
	for {
		name, err := readFrame(in, longestName)
		if err != nil {
			os.Exit(0)
		}
		input, err := readFrame(in, longestTask)
		if err != nil {
			os.Exit(1)
		}
		tasks <- task{string(name), input}
	}
}

func readLimits(in io.Reader) (l Limits, err error) {
	sent, err := readFrame(in, longestName)
	if err == nil {
		err = json.Unmarshal(sent, &l)
	}
	return l, err
}

// impose makes the process a modest one. Its runtime collects garbage harder
// as it comes near the bound on memory; the system's own bound is for what is
// taken faster than anybody can look.
func (l Limits) impose() {
	runtime.GOMAXPROCS(1)
	debug.SetMemoryLimit(l.Memory / 4 * 3)
	debug.SetMaxStack(int(l.Memory / 4))
	restrain(l.Memory)
}

// do returns the answer to a job.
func (l Limits) do(job Job, input []byte) []byte {
	begun := processorTime()
	defer l.watch(begun)()
	if job == nil {
		return append([]byte{failed}, "There is no such job."...)
	}
	out := output{most: l.Output}
	out.WriteByte(succeeded)
	if err := job(input, &out); err != nil {
		return append([]byte{failed}, err.Error()...)
	}
	l.check(begun) // it may have been quicker than the watch
	return out.Bytes()
}

// output is what a job has written so far.
type output struct {
	bytes.Buffer
	most int
}

// Write ends the process beyond the bound, as jobs may not look at errors.
func (o *output) Write(p []byte) (int, error) {
	if o.Len()-1+len(p) > o.most {
		os.Exit(beyond)
	}
	return o.Buffer.Write(p)
}

// look is how often a worker looks at what it has used.
const look = 5 * time.Millisecond

// watch ends the process when a job goes beyond a bound, until it is stopped.
func (l Limits) watch(begun time.Duration) (stop func()) {
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(look)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				l.check(begun)
			}
		}
	}()
	return func() { close(done) }
}

// check ends the process if the job that began at this processor time has gone
// beyond a bound.
func (l Limits) check(begun time.Duration) {
	if processorTime()-begun > l.CPU || memoryInUse() > l.Memory {
		os.Exit(beyond)
	}
}

// memoryInUse is what the runtime has from the system, in bytes.
func memoryInUse() int64 {
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return int64(s[0].Value.Uint64() - s[1].Value.Uint64())
}
