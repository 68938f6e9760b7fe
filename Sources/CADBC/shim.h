// The binary interfaces by which database drivers are spoken to, as far as they are used here: ADBC 1.1 (drivers that are
// shared libraries and export AdbcDriverInit) and the C data and C stream interfaces of Apache Arrow (rows).
// The layouts are those of the specifications; what is not called stands as a pointer without a type.
#ifndef NB_ADBC_H
#define NB_ADBC_H

#include <stddef.h>
#include <stdint.h>

struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

struct AdbcDriver;

struct AdbcError {
  char *message;
  int32_t vendor_code;
  char sqlstate[5];
  void (*release)(struct AdbcError *);
  void *private_data;
  struct AdbcDriver *private_driver;
};

// A database, a connection and a statement have the same layout.
struct AdbcDatabase {
  void *private_data;
  struct AdbcDriver *private_driver;
};

struct AdbcConnection {
  void *private_data;
  struct AdbcDriver *private_driver;
};

struct AdbcStatement {
  void *private_data;
  struct AdbcDriver *private_driver;
};

typedef uint8_t AdbcStatusCode;

struct AdbcDriver {
  void *private_data;
  void *private_manager;
  AdbcStatusCode (*release)(struct AdbcDriver *, struct AdbcError *);

  AdbcStatusCode (*DatabaseInit)(struct AdbcDatabase *, struct AdbcError *);
  AdbcStatusCode (*DatabaseNew)(struct AdbcDatabase *, struct AdbcError *);
  AdbcStatusCode (*DatabaseSetOption)(struct AdbcDatabase *, const char *, const char *, struct AdbcError *);
  AdbcStatusCode (*DatabaseRelease)(struct AdbcDatabase *, struct AdbcError *);

  void *ConnectionCommit;
  void *ConnectionGetInfo;
  void *ConnectionGetObjects;
  void *ConnectionGetTableSchema;
  void *ConnectionGetTableTypes;
  AdbcStatusCode (*ConnectionInit)(struct AdbcConnection *, struct AdbcDatabase *, struct AdbcError *);
  AdbcStatusCode (*ConnectionNew)(struct AdbcConnection *, struct AdbcError *);
  void *ConnectionSetOption;
  void *ConnectionReadPartition;
  AdbcStatusCode (*ConnectionRelease)(struct AdbcConnection *, struct AdbcError *);
  void *ConnectionRollback;

  void *StatementBind;
  void *StatementBindStream;
  AdbcStatusCode (*StatementExecuteQuery)(struct AdbcStatement *, struct ArrowArrayStream *, int64_t *,
                                          struct AdbcError *);
  void *StatementExecutePartitions;
  void *StatementGetParameterSchema;
  AdbcStatusCode (*StatementNew)(struct AdbcConnection *, struct AdbcStatement *, struct AdbcError *);
  void *StatementPrepare;
  AdbcStatusCode (*StatementRelease)(struct AdbcStatement *, struct AdbcError *);
  void *StatementSetOption;
  AdbcStatusCode (*StatementSetSqlQuery)(struct AdbcStatement *, const char *, struct AdbcError *);
  void *StatementSetSubstraitPlan;

  // Since 1.1.
  void *ErrorGetDetailCount;
  void *ErrorGetDetail;
  void *ErrorFromArrayStream;
  void *DatabaseGetOption;
  void *DatabaseGetOptionBytes;
  void *DatabaseGetOptionDouble;
  void *DatabaseGetOptionInt;
  void *DatabaseSetOptionBytes;
  void *DatabaseSetOptionDouble;
  void *DatabaseSetOptionInt;
  void *ConnectionCancel;
  void *ConnectionGetOption;
  void *ConnectionGetOptionBytes;
  void *ConnectionGetOptionDouble;
  void *ConnectionGetOptionInt;
  void *ConnectionGetStatistics;
  void *ConnectionGetStatisticNames;
  void *ConnectionSetOptionBytes;
  void *ConnectionSetOptionDouble;
  void *ConnectionSetOptionInt;
  AdbcStatusCode (*StatementCancel)(struct AdbcStatement *, struct AdbcError *);
  void *StatementExecuteSchema;
  void *StatementGetOption;
  void *StatementGetOptionBytes;
  void *StatementGetOptionDouble;
  void *StatementGetOptionInt;
  void *StatementSetOptionBytes;
  void *StatementSetOptionDouble;
  void *StatementSetOptionInt;
};

// What a driver's library exports.
typedef AdbcStatusCode (*nb_adbc_init)(int version, void *driver, struct AdbcError *error);

enum { NB_ADBC_VERSION_1_0 = 1000000, NB_ADBC_VERSION_1_1 = 1001000 };

#endif
