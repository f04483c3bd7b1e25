# Libraries beside libsipward and not in it, over the adapters of lib/io: who does not link one needs nothing of what it
# links. Without its option each is there as well and says that it cannot.

# sipward_adapter(NAME SOURCE file.cc DESCRIPTION line [OBJECTS target] [LINKS target...] [PC_LIBS flags]): libsipward-NAME,
# shared and static, with sipward-NAME.map and a file for pkg-config. PC_LIBS: what a static program links beside it.
function(sipward_adapter name)
  cmake_parse_arguments(arg "" "SOURCE;DESCRIPTION;PC_LIBS" "OBJECTS;LINKS" ${ARGN})
  set(target sipward_${name})
  add_library(${target}_c OBJECT ${arg_SOURCE})
  set_target_properties(${target}_c PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_include_directories(${target}_c PRIVATE ${PROJECT_SOURCE_DIR}/lib ${PROJECT_SOURCE_DIR}/include)
  target_link_libraries(${target}_c PRIVATE sipward_options)
  set(objects $<TARGET_OBJECTS:${target}_c>)
  foreach(object IN LISTS arg_OBJECTS)
    list(APPEND objects $<TARGET_OBJECTS:${object}>)
  endforeach()

  add_library(${target}_shared SHARED ${objects})
  add_library(${target}_static STATIC ${objects})
  add_library(sipward::${name} ALIAS ${target}_shared)
  add_library(sipward::${name}_static ALIAS ${target}_static)
  foreach(kind IN ITEMS shared static)
    set_target_properties(${target}_${kind} PROPERTIES
      OUTPUT_NAME sipward-${name}
      LINKER_LANGUAGE CXX)
    target_link_libraries(${target}_${kind}
      PUBLIC sipward_${kind}
      PRIVATE $<BUILD_INTERFACE:sipward_options> ${arg_LINKS})
  endforeach()
  set(map ${CMAKE_CURRENT_SOURCE_DIR}/sipward-${name}.map)
  set_target_properties(${target}_shared PROPERTIES
    EXPORT_NAME ${name}
    VERSION ${PROJECT_VERSION}
    SOVERSION 0
    BUILD_RPATH_USE_ORIGIN ON
    LINK_DEPENDS ${map})
  set_target_properties(${target}_static PROPERTIES EXPORT_NAME ${name}_static)
  target_link_options(${target}_shared PRIVATE -Wl,--version-script=${map})
  if(NOT SIPWARD_SANITIZE)
    target_link_options(${target}_shared PRIVATE -Wl,--no-undefined -Wl,-z,relro,-z,now)
  endif()
  set_property(GLOBAL APPEND PROPERTY SIPWARD_ADAPTERS ${name})
  set_property(GLOBAL PROPERTY SIPWARD_ADAPTER_${name}_DESCRIPTION "${arg_DESCRIPTION}")
  set_property(GLOBAL PROPERTY SIPWARD_ADAPTER_${name}_PC_LIBS "${arg_PC_LIBS}")
endfunction()

set(source fetch_off.cc)
set(more "")
set(SIPWARD_FETCH_CONFIG_DEPENDENCIES "")
if(SIPWARD_WITH_FETCH)
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(curl REQUIRED IMPORTED_TARGET libcurl>=7.85)
  find_package(Threads REQUIRED)
  set(source fetch.cc)
  set(more OBJECTS sipward_io_fetch LINKS PkgConfig::curl Threads::Threads PC_LIBS "-lcurl -pthread")
  set(SIPWARD_FETCH_CONFIG_DEPENDENCIES
    "  sipward_find_module(curl libcurl)\n  sipward_find_package(Threads)")
endif()
sipward_adapter(fetch SOURCE ${source} DESCRIPTION "Fetches certificates of Identity headers for sipward" ${more})

set(source capture_off.cc)
set(more "")
set(SIPWARD_CAPTURE_CONFIG_DEPENDENCIES "")
if(SIPWARD_WITH_CAPTURE)
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(pcap REQUIRED IMPORTED_TARGET libpcap)
  set(source capture.cc)
  set(more OBJECTS sipward_io_capture LINKS PkgConfig::pcap PC_LIBS "-lpcap")
  set(SIPWARD_CAPTURE_CONFIG_DEPENDENCIES "  sipward_find_module(pcap libpcap)")
endif()
sipward_adapter(capture SOURCE ${source} DESCRIPTION "Reads SIP messages out of capture files for sipward" ${more})
