module bindings_go

go 1.19

require sipward v0.0.0

replace sipward => ../../bindings/go
