# What a packager and a host do: install, move the tree, find it both ways, and run the examples against it.
# -DBUILD= -DSOURCE= -DWORK= -DGENERATOR= -DC= -DCXX= -DPKG_CONFIG= -DLIBDIR=
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})

function(run)
  cmake_parse_arguments(arg "" "INPUT;OUTPUT" "COMMAND" ${ARGN})
  set(input)
  if(arg_INPUT)
    set(input INPUT_FILE ${arg_INPUT})
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

# The example says of a scanner's message what the default rules say.
function(expect_verdict what)
  run(COMMAND ${CMAKE_COMMAND} -E env LD_LIBRARY_PATH=${prefix}/${LIBDIR} ${ARGN}
    INPUT ${SOURCE}/tests/install/scanner.sip OUTPUT verdict)
  if(NOT verdict MATCHES "^drop\n  scan\\.user_agent: User-Agent of a scanner")
    message(FATAL_ERROR "${what} printed: ${verdict}")
  endif()
  message(STATUS "${what}: ok")
endfunction()

# Installed in one place and used in another: nothing may remember the first.
run(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/first)
set(prefix ${WORK}/prefix)
file(RENAME ${WORK}/first ${prefix})

foreach(example IN ITEMS c_minimal cpp_minimal)
  foreach(library IN ITEMS sipward::sipward sipward::static)
    string(REPLACE "::" "_" build ${WORK}/${example}_${library})
    run(COMMAND ${CMAKE_COMMAND} -S ${SOURCE}/examples/${example} -B ${build} -G ${GENERATOR}
      -DCMAKE_PREFIX_PATH=${prefix} -DCMAKE_C_COMPILER=${C} -DCMAKE_CXX_COMPILER=${CXX}
      -DSIPWARD_LIBRARY=${library})
    run(COMMAND ${CMAKE_COMMAND} --build ${build})
    expect_verdict("${example} with find_package and ${library}" ${build}/${example})
  endforeach()
endforeach()

function(pkg_config out)
  run(COMMAND ${CMAKE_COMMAND} -E env PKG_CONFIG_PATH=${prefix}/${LIBDIR}/pkgconfig
    ${PKG_CONFIG} ${ARGN} sipward OUTPUT flags)
  separate_arguments(flags UNIX_COMMAND "${flags}")
  set(${out} ${flags} PARENT_SCOPE)
endfunction()
pkg_config(cflags --cflags)
pkg_config(shared --libs)
pkg_config(static --static --libs)
# Both libraries stand in one folder, where -lsipward means the shared one.
list(TRANSFORM static REPLACE "^-lsipward$" "-l:libsipward.a")
foreach(kind IN ITEMS shared static)
  run(COMMAND ${C} -std=c11 ${cflags} ${SOURCE}/examples/c_minimal/main.c
    -o ${WORK}/c_${kind} ${${kind}})
  expect_verdict("c_minimal with pkg-config, ${kind}" ${WORK}/c_${kind})
  run(COMMAND ${CXX} -std=c++17 ${cflags} ${SOURCE}/examples/cpp_minimal/main.cc
    -o ${WORK}/cpp_${kind} ${${kind}})
  expect_verdict("cpp_minimal with pkg-config, ${kind}" ${WORK}/cpp_${kind})
endforeach()
