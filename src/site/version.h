/* The version of the program, from CMakeLists.txt. */
#ifndef SITE_VERSION_H
#define SITE_VERSION_H

#ifndef GEN_VERSION
#define GEN_VERSION "0.1.0"
#endif

#endif
