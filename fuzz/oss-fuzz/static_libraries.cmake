# Included behind project(): libraries are found as archives first.
set(CMAKE_FIND_LIBRARY_SUFFIXES .a .so)
