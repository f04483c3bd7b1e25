# 64-bit Windows with Debian's mingw-w64 and its POSIX threads (g++-mingw-w64-x86-64-posix). Nothing is
# looked for in the system's folders: their headers and libraries are Linux's. Debian has no libraries
# for Windows; who uses this file names the places of his own (PKG_CONFIG_LIBDIR, SIPWARD_HIGHWAY_INCLUDE_DIR).
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR AMD64)
set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc-posix)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_FIND_ROOT_PATH /usr/x86_64-w64-mingw32)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
