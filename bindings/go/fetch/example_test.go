package fetch_test

import (
	"context"
	"errors"
	"log"

	"sipward"
	"sipward/fetch"
)

// A goroutine that hands in certificates, and wakes whoever waits for one.
func Example() {
	trust, err := sipward.NewTrustStore(sipward.TrustOptions{})
	if err != nil {
		log.Fatal(err)
	}
	fetcher, err := fetch.New(trust, fetch.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer fetcher.Close()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	arrived := make(chan string) // URLs; whoever waits for one calls Inspector.Resume
	go func() {
		for fetcher.Wait(ctx) == nil {
			if arrival, err := fetcher.Next(); err == nil {
				log.Print(arrival.URL, ": ", arrival.Sentence)
				arrived <- arrival.URL
			}
		}
	}()

	// For a verdict that is pending:
	request := func(verdict *sipward.Verdict) {
		err := fetcher.Request(verdict.CertificateURL)
		if errors.Is(err, sipward.ErrEnd) {
			return // the trust knows it by now: resume at once
		}
		if err != nil {
			log.Print(err) // it may not be asked: resume, and rules see why
		}
	}
	_ = request
}
