# Included by the tests of this folder: installs, builds consumers, and asks them for a verdict.
# -DBUILD= -DSOURCE= -DWORK= -DGENERATOR= -DBUILD_TYPE= -DC= -DCXX= -DPKG_CONFIG= -DLIBDIR= -DBINDIR= -DVERSION=
file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}")

# run(COMMAND ... [INPUT file] [OUTPUT variable])
function(run)
  cmake_parse_arguments(arg "" "INPUT;OUTPUT" "COMMAND" ${ARGN})
  set(input)
  if(arg_INPUT)
    set(input INPUT_FILE "${arg_INPUT}")
  endif()
  execute_process(COMMAND ${arg_COMMAND} ${input}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    list(JOIN arg_COMMAND " " line)
    message(FATAL_ERROR "${line}: ${result}\n${output}")
  endif()
  if(arg_OUTPUT)
    set(${arg_OUTPUT} "${output}" PARENT_SCOPE)
  endif()
endfunction()

# refuses(REASON pattern COMMAND ... [INPUT file]): it fails, and says why.
function(refuses)
  cmake_parse_arguments(arg "" "REASON;INPUT" "COMMAND" ${ARGN})
  set(input)
  if(arg_INPUT)
    set(input INPUT_FILE "${arg_INPUT}")
  endif()
  execute_process(COMMAND ${arg_COMMAND} ${input}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  list(JOIN arg_COMMAND " " line)
  if(result EQUAL 0)
    message(FATAL_ERROR "this should have been refused: ${line}")
  endif()
  if(NOT output MATCHES "${arg_REASON}")
    message(FATAL_ERROR "${line} was refused for another reason:\n${output}")
  endif()
endfunction()

# The example says of a scanner's message what the default rules say.
function(expect_verdict what libraries)
  run(COMMAND ${CMAKE_COMMAND} -E env "LD_LIBRARY_PATH=${libraries}" ${ARGN}
    INPUT ${SOURCE}/tests/install/scanner.sip OUTPUT verdict)
  if(NOT verdict MATCHES "^drop\n  scan\\.user_agent: User-Agent of a scanner")
    message(FATAL_ERROR "${what} printed: ${verdict}")
  endif()
  message(STATUS "${what}: ok")
endfunction()

# build_consumer(out example library prefix [cmake argument ...]): the program.
function(build_consumer out example library prefix)
  string(REPLACE "::" "_" build "${WORK}/${example}_${library}")
  run(COMMAND ${CMAKE_COMMAND} -S ${SOURCE}/examples/${example} -B ${build} -G ${GENERATOR}
    "-DCMAKE_PREFIX_PATH=${prefix}" -DCMAKE_C_COMPILER=${C} -DCMAKE_CXX_COMPILER=${CXX}
    -DSIPWARD_LIBRARY=${library} ${ARGN})
  run(COMMAND ${CMAKE_COMMAND} --build ${build})
  set(${out} ${build}/${example} PARENT_SCOPE)
endfunction()

# find_package_consumer(example library prefix libdir [cmake argument ...])
function(find_package_consumer example library prefix libdir)
  build_consumer(program ${example} ${library} "${prefix}" ${ARGN})
  expect_verdict("${example} with find_package and ${library}" "${prefix}/${libdir}" ${program})
endfunction()

# Asks that folder alone: a host of the shared library needs no development package of what is inside.
function(pkg_config out pc_folder)
  run(COMMAND ${CMAKE_COMMAND} -E env "PKG_CONFIG_LIBDIR=${pc_folder}" ${PKG_CONFIG} ${ARGN} sipward
    OUTPUT flags)
  string(STRIP "${flags}" flags)
  separate_arguments(flags UNIX_COMMAND "${flags}")
  set(${out} ${flags} PARENT_SCOPE)
endfunction()

# pkg_config_adapter(out name shared|static prefix libdir): what a host of libsipward-NAME compiles and links with.
function(pkg_config_adapter out name kind prefix libdir)
  set(ENV{PKG_CONFIG_LIBDIR} "${prefix}/${libdir}/pkgconfig")
  set(static "")
  if(kind STREQUAL "static")
    set(static --static)
  endif()
  run(COMMAND ${PKG_CONFIG} ${static} --cflags --libs sipward-${name} OUTPUT flags)
  unset(ENV{PKG_CONFIG_LIBDIR})
  string(STRIP "${flags}" flags)
  separate_arguments(flags UNIX_COMMAND "${flags}")
  if(kind STREQUAL "static")
    list(TRANSFORM flags REPLACE "^-l(sipward|sipward-${name})$" "-l:lib\\1.a")
  endif()
  set(${out} ${flags} PARENT_SCOPE)
endfunction()

# pkg_config_fetch(shared|static prefix libdir): a host of libsipward-fetch.
function(pkg_config_fetch kind prefix libdir)
  pkg_config_adapter(flags fetch ${kind} "${prefix}" ${libdir})
  run(COMMAND ${CXX} -std=c++17 ${SOURCE}/examples/cpp_callers/main.cc -o ${WORK}/callers_${kind} ${flags})
  run(COMMAND ${CMAKE_COMMAND} -E env "LD_LIBRARY_PATH=${prefix}/${libdir}" ${WORK}/callers_${kind}
    ${SOURCE}/tests/install/forged.sip INPUT ${SOURCE}/tests/install/forged.sip OUTPUT said)
  expect_same("cpp_callers with pkg-config, ${kind}" "${said}" "anchors: CERT_MALFORMED\nallow\n")
endfunction()

# The capture that comes with the sources has 109 messages that are not let through without a word.
function(expect_findings what libraries)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env "LD_LIBRARY_PATH=${libraries}" ${ARGN}
    ${SOURCE}/examples/captures/first_look.pcap RESULT_VARIABLE result OUTPUT_VARIABLE output)
  string(REGEX MATCHALL "[0-9]+ (drop|flag) [a-z_.]+: [^\n]+\n" lines "${output}")
  list(LENGTH lines count)
  expect_same("${what}" "${result} ${count}" "1 109")
endfunction()

# pkg_config_capture(shared|static prefix libdir): a host of libsipward-capture.
function(pkg_config_capture kind prefix libdir)
  pkg_config_adapter(flags capture ${kind} "${prefix}" ${libdir})
  run(COMMAND ${C} -std=c11 ${SOURCE}/examples/c_capture/main.c -o ${WORK}/capture_${kind} ${flags})
  expect_findings("c_capture with pkg-config, ${kind}" "${prefix}/${libdir}" ${WORK}/capture_${kind})
endfunction()

# pkg_config_consumers(shared|static prefix libdir)
function(pkg_config_consumers kind prefix libdir)
  pkg_config(cflags "${prefix}/${libdir}/pkgconfig" --cflags)
  if(kind STREQUAL "static")
    pkg_config(libs "${prefix}/${libdir}/pkgconfig" --static --libs)
    # Both libraries stand in one folder, where -lsipward means the shared one.
    list(TRANSFORM libs REPLACE "^-lsipward$" "-l:libsipward.a")
  else()
    pkg_config(libs "${prefix}/${libdir}/pkgconfig" --libs)
  endif()
  run(COMMAND ${C} -std=c11 ${cflags} ${SOURCE}/examples/c_minimal/main.c -o ${WORK}/c_${kind} ${libs})
  expect_verdict("c_minimal with pkg-config, ${kind}" "${prefix}/${libdir}" ${WORK}/c_${kind})
  run(COMMAND ${CXX} -std=c++17 ${cflags} ${SOURCE}/examples/cpp_minimal/main.cc
    -o ${WORK}/cpp_${kind} ${libs})
  expect_verdict("cpp_minimal with pkg-config, ${kind}" "${prefix}/${libdir}" ${WORK}/cpp_${kind})
endfunction()

# Every file and link below a folder, sorted, as paths relative to it.
function(list_files out folder)
  file(GLOB_RECURSE files LIST_DIRECTORIES false RELATIVE "${folder}" "${folder}/*")
  list(SORT files)
  set(${out} "${files}" PARENT_SCOPE)
endfunction()

function(expect_same what got expected)
  if(NOT "${got}" STREQUAL "${expected}")
    string(REPLACE ";" "\n  " got "${got}")
    string(REPLACE ";" "\n  " expected "${expected}")
    message(FATAL_ERROR "${what}:\n  ${got}\nexpected:\n  ${expected}")
  endif()
endfunction()
