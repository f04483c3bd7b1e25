# Debian packages, by cpack in a build that is configured with CMAKE_INSTALL_PREFIX=/usr; tests/tools/check_packages.sh builds,
# judges and tries them.
#
#   libsipward0            the shared library; libsipward-fetch0 and, where it is built, libsipward-capture0 beside it, so that
#                          who fetches no certificates and reads no captures has neither libcurl nor libpcap
#   libsipward-dev         headers, static libraries, pkg-config, CMake
#   sipward                the command, its man pages, the handbook of the rule language
#   python3-sipward        where SIPWARD_PYTHON_PACKAGE says which folder holds what bindings/python built
#   golang-sipward-dev     sources for Go
#
# What is installed says itself to which it belongs (COMPONENT); here stands what only a package has.
set(SIPWARD_PACKAGE_MAINTAINER "the sipward authors <sipward@example.com>" CACHE STRING
  "Who answers for the Debian packages: a name and an address")
set(SIPWARD_PYTHON_PACKAGE "" CACHE PATH "The folder that holds the built Python package, for python3-sipward")

set(files ${CMAKE_CURRENT_LIST_DIR})
set(made ${PROJECT_BINARY_DIR}/packages)
set(revision 1)
set(version ${PROJECT_VERSION}-${revision})
set(doc_root ${CMAKE_INSTALL_DATAROOTDIR}/doc)

# Debian Policy 12.5 and 12.7: each package has its licence and its history.
find_program(SIPWARD_GZIP gzip)
file(READ ${PROJECT_SOURCE_DIR}/LICENSE licence)
string(REGEX REPLACE "^.*(Permission is hereby.*[^\n])\n*$" "\\1" licence "${licence}")
string(REGEX REPLACE "\n\n" "\n.\n" licence "${licence}")
string(REPLACE "\n" "\n " licence " ${licence}")
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
configure_file(${files}/copyright.in ${made}/copyright @ONLY)
configure_file(${files}/changelog.in ${made}/changelog.Debian @ONLY)
configure_file(${PROJECT_SOURCE_DIR}/CHANGELOG.md ${made}/changelog COPYONLY)
if(SIPWARD_GZIP)
  execute_process(COMMAND ${SIPWARD_GZIP} -9nkf changelog.Debian changelog WORKING_DIRECTORY ${made} COMMAND_ERROR_IS_FATAL ANY)
endif()

# sipward_wrap(out paragraph...): in lines of 78 characters, a blank line between paragraphs.
function(sipward_wrap out)
  set(wrapped "")
  foreach(paragraph IN LISTS ARGN)
    string(REPLACE " " ";" words "${paragraph}")
    set(line "")
    set(lines "")
    foreach(word IN LISTS words)
      string(LENGTH "${line} ${word}" length)
      if(line AND length GREATER 78)
        string(APPEND lines "${line}\n")
        set(line "")
      endif()
      string(APPEND line " ${word}")
      string(STRIP "${line}" line)
    endforeach()
    list(APPEND wrapped "${lines}${line}")
  endforeach()
  list(JOIN wrapped "\n\n" wrapped)
  set(${out} "${wrapped}" PARENT_SCOPE)
endfunction()

# sipward_package(component NAME name SECTION section SUMMARY line TEXT paragraph [DEPENDS package ...] [SUGGESTS ...]
#                 [HOLDS package ...: what is compiled into it] [ANY: for every architecture] [LIBRARY: others link it])
function(sipward_package component)
  cmake_parse_arguments(arg "ANY;LIBRARY" "NAME;SECTION;SUMMARY;TEXT" "DEPENDS;SUGGESTS;HOLDS" ${ARGN})
  string(TOUPPER ${component} mark)
  sipward_wrap(description "${about}" "${arg_TEXT}")
  list(JOIN arg_DEPENDS ", " depends)
  list(JOIN arg_SUGGESTS ", " suggests)
  set(settings
    "PACKAGE_NAME=${arg_NAME}"
    "PACKAGE_SECTION=${arg_SECTION}"
    "DESCRIPTION=${arg_SUMMARY}\n${description}"
    "PACKAGE_DEPENDS=${depends}"
    "PACKAGE_SUGGESTS=${suggests}")
  if(arg_ANY)
    list(APPEND settings PACKAGE_ARCHITECTURE=all)
  else()
    list(APPEND settings PACKAGE_SHLIBDEPS=ON)
  endif()
  if(arg_LIBRARY)
    list(APPEND settings PACKAGE_CONTROL_EXTRA=${files}/triggers)
  endif()
  foreach(setting IN LISTS settings)
    string(REGEX MATCH "^([A-Z_]+)=(.*)$" matched "${setting}")
    set(CPACK_DEBIAN_${mark}_${CMAKE_MATCH_1} "${CMAKE_MATCH_2}" PARENT_SCOPE)
  endforeach()
  install(FILES ${made}/copyright ${made}/changelog.Debian.gz ${made}/changelog.gz
    DESTINATION ${doc_root}/${arg_NAME} COMPONENT ${component} EXCLUDE_FROM_ALL)
  # And the licences of headers and tables that are in it.
  foreach(other IN LISTS arg_HOLDS)
    if(EXISTS /usr/share/doc/${other}/copyright)
      install(FILES /usr/share/doc/${other}/copyright RENAME copyright.${other}
        DESTINATION ${doc_root}/${arg_NAME} COMPONENT ${component} EXCLUDE_FROM_ALL)
    endif()
  endforeach()
  set(CPACK_COMPONENTS_ALL ${CPACK_COMPONENTS_ALL} ${component} PARENT_SCOPE)
endfunction()

set(CPACK_COMPONENTS_ALL "")
set(about "sipward is a library that judges SIP messages inside the program that handles them: it parses them without copying, \
names what other programs would read differently in the same bytes, verifies who calls (STIR/SHAKEN), and finds scanners, password \
guessing, enumeration and floods by rules.")

sipward_package(runtime LIBRARY NAME libsipward0 SECTION libs HOLDS libhwy-dev python3-phonenumbers
  SUMMARY "SIP security inside your own process"
  TEXT "This package has the shared library.")
sipward_package(fetch LIBRARY NAME libsipward-fetch0 SECTION libs DEPENDS "libsipward0 (= ${version})"
  SUMMARY "SIP security: fetching certificates of Identity headers"
  TEXT "This package has the library that fetches certificates over HTTPS, by threads of its own.")
if(TARGET sipward_capture_shared)
  sipward_package(capture LIBRARY NAME libsipward-capture0 SECTION libs DEPENDS "libsipward0 (= ${version})"
    SUMMARY "SIP security: reading captures"
    TEXT "This package has the library that reads SIP messages out of pcap and pcapng files.")
  set(capture "libsipward-capture0 (= ${version})")
else()
  set(capture "")
endif()
sipward_package(dev NAME libsipward-dev SECTION libdevel HOLDS libhwy-dev python3-phonenumbers
  DEPENDS "libsipward0 (= ${version})" "libsipward-fetch0 (= ${version})" ${capture}
  SUGGESTS libsodium-dev libssl-dev "libhyperscan-dev | libvectorscan-dev" libcurl4-openssl-dev libpcap0.8-dev
  SUMMARY "SIP security inside your own process: development files"
  TEXT "This package has the headers for C and C++, the static libraries, and files for pkg-config and CMake. What is \
suggested is what programs need that link the static libraries.")
install(DIRECTORY ${PROJECT_SOURCE_DIR}/examples/c_minimal ${PROJECT_SOURCE_DIR}/examples/cpp_minimal
  DESTINATION ${doc_root}/libsipward-dev/examples COMPONENT dev EXCLUDE_FROM_ALL)
if(SIPWARD_BUILD_CLI)
  sipward_package(command NAME sipward SECTION net HOLDS libhwy-dev python3-phonenumbers libcli11-dev
    SUMMARY "finds attacks in SIP traffic"
    TEXT "This package has the command, which inspects captures, explains messages, checks and tests rules, and verifies \
and makes Identity headers.")
  if(SIPWARD_WITH_REPORT)
    install(FILES ${PROJECT_BINARY_DIR}/bindings/cli/report/node_modules/uplot/LICENSE RENAME copyright.uplot
      DESTINATION ${doc_root}/sipward COMPONENT command EXCLUDE_FROM_ALL)
  endif()
endif()
if(SIPWARD_PYTHON_PACKAGE)
  sipward_package(python NAME python3-sipward SECTION python
    DEPENDS "libsipward0 (= ${version})" ${capture} "python3 (>= 3.11)" "python3 (<< 3.12)" python3-cffi-backend
    SUMMARY "SIP security inside your own process: Python 3"
    TEXT "This package has the module for Python.")
  install(DIRECTORY ${SIPWARD_PYTHON_PACKAGE}/ DESTINATION lib/python3/dist-packages COMPONENT python EXCLUDE_FROM_ALL
    PATTERN __pycache__ EXCLUDE)
endif()
if(EXISTS ${PROJECT_SOURCE_DIR}/bindings/go/go.mod)
  sipward_package(go ANY NAME golang-sipward-dev SECTION golang DEPENDS "libsipward-dev (>= ${PROJECT_VERSION})" pkg-config
    SUMMARY "SIP security inside your own process: Go"
    TEXT "This package has the sources of the module for Go, which uses cgo.")
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/bindings/go/ DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/gocode/src/sipward
    COMPONENT go EXCLUDE_FROM_ALL PATTERN "*_test.go" EXCLUDE PATTERN testdata EXCLUDE PATTERN "*.md" EXCLUDE
    PATTERN "CMakeLists.txt" EXCLUDE PATTERN "*.sh" EXCLUDE)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_PACKAGE_CONTACT "${SIPWARD_PACKAGE_MAINTAINER}")
# The summaries are those of the packages.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")
set(CPACK_PACKAGE_VENDOR "the sipward authors")
set(CPACK_PACKAGING_INSTALL_PREFIX ${CMAKE_INSTALL_PREFIX})
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SOURCE sipward)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${revision})
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
# The libraries of the packages beside: those are named with their exact version.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR}/bindings/c)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")
set(CPACK_PRE_BUILD_SCRIPTS ${files}/before.cmake)
set(CPACK_POST_BUILD_SCRIPTS ${files}/after.cmake)
include(CPack)
