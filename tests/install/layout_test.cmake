# What is installed and where: exactly these files, staged as well, in other folders as well, and under one version.
include(${CMAKE_CURRENT_LIST_DIR}/tools.cmake)

# expected_files(out libdir bindir includedir)
function(expected_files out libdir bindir includedir)
  file(GLOB_RECURSE headers RELATIVE ${SOURCE}/include ${SOURCE}/include/*.h)
  list(TRANSFORM headers PREPEND "${includedir}/")
  string(TOLOWER "${BUILD_TYPE}" type)
  string(REGEX MATCH "^[0-9]+" major ${VERSION})
  set(files ${headers}
    ${bindir}/sipward
    share/man/man1/sipward.1
    share/man/man5/sipward-rules.5
    share/doc/sipward/rules.md
    share/sipward/sipward.cdx.json
    ${libdir}/libsipward.a
    ${libdir}/libsipward.so
    ${libdir}/libsipward.so.${major}
    ${libdir}/libsipward.so.${VERSION}
    ${libdir}/pkgconfig/sipward.pc
    ${libdir}/cmake/sipward/sipwardConfig.cmake
    ${libdir}/cmake/sipward/sipwardConfigVersion.cmake)
  foreach(adapter IN ITEMS fetch capture)
    list(APPEND files
      ${libdir}/libsipward-${adapter}.a
      ${libdir}/libsipward-${adapter}.so
      ${libdir}/libsipward-${adapter}.so.${major}
      ${libdir}/libsipward-${adapter}.so.${VERSION}
      ${libdir}/pkgconfig/sipward-${adapter}.pc)
  endforeach()
  foreach(set IN ITEMS "" Static _fetch _fetchStatic _capture _captureStatic)
    list(APPEND files
      ${libdir}/cmake/sipward/sipward${set}Targets.cmake
      ${libdir}/cmake/sipward/sipward${set}Targets-${type}.cmake)
  endforeach()
  list(SORT files)
  set(${out} "${files}" PARENT_SCOPE)
endfunction()

set(prefix ${WORK}/prefix)
run(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix})
list_files(installed ${prefix})
expected_files(expected ${LIBDIR} ${BINDIR} include)
expect_same("installed" "${installed}" "${expected}")

# What others read names neither the place of the build nor that of the sources.
foreach(file IN LISTS installed)
  if(file MATCHES "\\.(cmake|pc|h)$")
    file(READ ${prefix}/${file} text)
    foreach(place IN ITEMS ${BUILD} ${SOURCE} ${prefix})
      string(FIND "${text}" "${place}" at)
      if(NOT at EQUAL -1)
        message(FATAL_ERROR "${file} names ${place}")
      endif()
    endforeach()
  endif()
endforeach()
foreach(file IN ITEMS ${BINDIR}/sipward ${LIBDIR}/libsipward.so ${LIBDIR}/libsipward-fetch.so
    ${LIBDIR}/libsipward-capture.so)
  run(COMMAND ${READELF} -d ${prefix}/${file} OUTPUT dynamic)
  if(dynamic MATCHES "R(UN)?PATH")
    message(FATAL_ERROR "${file} looks for libraries in a place of the build:\n${dynamic}")
  endif()
endforeach()

# A packager's stage: all of it there, nothing at the prefix itself.
set(final ${WORK}/final)
run(COMMAND ${CMAKE_COMMAND} -E env DESTDIR=${WORK}/stage ${CMAKE_COMMAND} --install ${BUILD} --prefix ${final})
list_files(staged ${WORK}/stage${final})
expect_same("staged" "${staged}" "${expected}")
if(EXISTS ${final})
  message(FATAL_ERROR "DESTDIR was not respected: ${final} is there")
endif()
pkg_config(flags ${WORK}/stage${final}/${LIBDIR}/pkgconfig --cflags)
expect_same("flags in the stage" "${flags}" "-I${WORK}/stage${final}/${LIBDIR}/pkgconfig/../../include")

# Other folders: the same libraries under a configuration that puts them elsewhere.
set(other ${WORK}/other)
run(COMMAND ${CMAKE_COMMAND} -S ${SOURCE} -B ${other} -G ${GENERATOR} -DCMAKE_BUILD_TYPE=${BUILD_TYPE}
  -DCMAKE_C_COMPILER=${C} -DCMAKE_CXX_COMPILER=${CXX} -DSIPWARD_BUILD_TESTS=OFF
  -DCMAKE_INSTALL_LIBDIR=lib/deep -DCMAKE_INSTALL_BINDIR=tools -DCMAKE_INSTALL_INCLUDEDIR=headers)
file(GLOB libraries ${BUILD}/bindings/c/libsipward*)
file(COPY ${libraries} DESTINATION ${other}/bindings/c)
file(COPY ${BUILD}/bin/sipward DESTINATION ${other}/bin)
run(COMMAND ${CMAKE_COMMAND} --install ${other} --prefix ${WORK}/elsewhere)
list_files(installed ${WORK}/elsewhere)
expected_files(expected lib/deep tools headers)
expect_same("installed elsewhere" "${installed}" "${expected}")
set(package -Dsipward_DIR=${WORK}/elsewhere/lib/deep/cmake/sipward)
find_package_consumer(c_minimal sipward::sipward ${WORK}/elsewhere lib/deep ${package})
find_package_consumer(cpp_minimal sipward::static ${WORK}/elsewhere lib/deep ${package})
pkg_config_consumers(shared ${WORK}/elsewhere lib/deep)

# One version everywhere. Before 1.0, a minor version may change the contract: no other one is good enough.
pkg_config(said ${prefix}/${LIBDIR}/pkgconfig --modversion)
expect_same("version of sipward.pc" "${said}" "${VERSION}")
function(find_version wanted)
  file(WRITE ${WORK}/version/CMakeLists.txt
    "cmake_minimum_required(VERSION 3.25)\nproject(version LANGUAGES C)\n"
    "find_package(sipward ${wanted} REQUIRED)\n"
    "if(NOT sipward_VERSION VERSION_EQUAL ${VERSION})\n  message(FATAL_ERROR \"\${sipward_VERSION}\")\nendif()\n")
  set(line ${CMAKE_COMMAND} -S ${WORK}/version -B ${WORK}/version/build -G ${GENERATOR} --fresh
    -DCMAKE_PREFIX_PATH=${prefix} -DCMAKE_C_COMPILER=${C})
  if(ARGN STREQUAL "refused")
    refuses(REASON "compatible with requested[ \n]+version" COMMAND ${line})
  else()
    run(COMMAND ${line})
  endif()
endfunction()
string(REGEX MATCH "^([0-9]+)\\.([0-9]+)" minor ${VERSION})
math(EXPR next "${CMAKE_MATCH_2} + 1")
math(EXPR last "${CMAKE_MATCH_2} - 1")
math(EXPR next_major "${CMAKE_MATCH_1} + 1")
set(major ${CMAKE_MATCH_1})
find_version("")
find_version(${minor})
find_version("${VERSION} EXACT")
find_version(${major}.${next} refused)
if(last GREATER_EQUAL 0)
  find_version(${major}.${last} refused)
endif()
find_version(${next_major}.0 refused)
