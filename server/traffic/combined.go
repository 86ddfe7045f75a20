package traffic

import "strconv"

// AppendCombined appends the request to b as one line of the Combined Log
// Format, with its newline, and returns the longer slice.
//
// Text from the client can neither forge a line nor drive a terminal: quotes,
// backslashes and all bytes that are not printable ASCII become \xHH. As
// usual in this format, "-" stands for what is empty and for zero bytes; a
// request whose connection broke before there was an answer has status 499,
// as with nginx.
//
// A row that stands for more than one request of a drive is one line, that of the
// first.
//
// An audit row is no request: nothing is appended for it.
func (q *Request) AppendCombined(b []byte) []byte {
	if q.Note != "" {
		return b
	}
	if q.Addr.IsValid() {
		b = q.Addr.WithZone("").AppendTo(b)
	} else {
		b = append(b, '-')
	}
	b = q.Start.AppendFormat(append(b, " - - ["...), "02/Jan/2006:15:04:05 -0700")
	b = appendText(append(b, `] "`...), q.Method)
	b = appendText(append(b, ' '), q.Target)
	b = appendText(append(b, ' '), q.Proto)
	status := q.Status
	if status == 0 {
		status = 499
	}
	b = strconv.AppendInt(append(b, `" `...), int64(status), 10)
	if q.Bytes > 0 {
		b = strconv.AppendInt(append(b, ' '), q.Bytes, 10)
	} else {
		b = append(b, " -"...)
	}
	b = appendField(append(b, ' '), q.Referer)
	b = appendField(append(b, ' '), q.UserAgent)
	return append(b, '\n')
}

// appendField appends text in quotes.
func appendField(b []byte, text string) []byte {
	if text == "" {
		text = "-"
	}
	return append(appendText(append(b, '"'), text), '"')
}

// appendText appends text with everything escaped that isn't harmless.
func appendText(b []byte, text string) []byte {
	const hex = "0123456789ABCDEF"
	for i := range len(text) {
		c := text[i]
		if c < ' ' || c > '~' || c == '"' || c == '\\' {
			b = append(b, '\\', 'x', hex[c>>4], hex[c&15])
			continue
		}
		b = append(b, c)
	}
	return b
}
