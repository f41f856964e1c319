# SPDX-License-Identifier: Apache-2.0
# Everything comes from the system's packages (tools/packages-debian.txt); nothing is downloaded.
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(TBB REQUIRED)
find_package(tl-expected REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Eigen3 REQUIRED NO_MODULE)
find_package(CLI11 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(FastFloat REQUIRED)
# Headers only: Boost.Random (direction numbers of Sobol' points), Boost.Math (quantiles) and
# Boost.Graph (cuts and betweenness of flow networks).
find_package(Boost 1.74 REQUIRED)
pkg_check_modules(ARCHIVE REQUIRED IMPORTED_TARGET libarchive)
pkg_check_modules(CLP REQUIRED IMPORTED_TARGET clp)
pkg_check_modules(CURL REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib)
pkg_check_modules(NETCDF REQUIRED IMPORTED_TARGET netcdf)
pkg_check_modules(HDF5 REQUIRED IMPORTED_TARGET hdf5)
pkg_check_modules(NLOPT REQUIRED IMPORTED_TARGET nlopt)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(XLSXWRITER REQUIRED IMPORTED_TARGET xlsxwriter)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(TOMLPP REQUIRED IMPORTED_TARGET tomlplusplus)

# ReadStat comes without a pkg-config file.
find_library(LINCHPIN_READSTAT_LIBRARY NAMES readstat REQUIRED NO_CACHE)
add_library(linchpin_readstat INTERFACE)
target_link_libraries(linchpin_readstat INTERFACE ${LINCHPIN_READSTAT_LIBRARY})

# The generic BLAS interface, so that the distribution's choice (OpenBLAS, or the slow reference)
# is made at run time; `linchpin --version` tells which one is in use. CBLAS is part of it.
find_library(LINCHPIN_BLAS_LIBRARY NAMES blas REQUIRED
             HINTS /usr/lib/${CMAKE_LIBRARY_ARCHITECTURE} NO_CACHE)
find_path(LINCHPIN_CBLAS_INCLUDE cblas.h PATH_SUFFIXES ${CMAKE_LIBRARY_ARCHITECTURE} openblas
          REQUIRED)
add_library(linchpin_blas INTERFACE)
target_link_libraries(linchpin_blas INTERFACE ${LINCHPIN_BLAS_LIBRARY})
target_include_directories(linchpin_blas SYSTEM INTERFACE ${LINCHPIN_CBLAS_INCLUDE})

# Highway picks the instruction set at run time; it is linked into the library only.
find_library(LINCHPIN_HIGHWAY_LIBRARY NAMES hwy REQUIRED NO_CACHE)
add_library(linchpin_highway INTERFACE)
target_link_libraries(linchpin_highway INTERFACE ${LINCHPIN_HIGHWAY_LIBRARY})
