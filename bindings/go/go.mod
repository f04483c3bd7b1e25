module sipward

go 1.19
