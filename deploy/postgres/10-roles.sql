-- Made by `python launch/roles.py --print`; tests/deploy compares the two. Run once, when the server is made.
CREATE ROLE sg_owner NOLOGIN;
CREATE ROLE sg_app NOLOGIN;
CREATE ROLE sg_access NOLOGIN;
CREATE ROLE sg_sweep NOLOGIN;
CREATE ROLE sg_web LOGIN NOINHERIT;
CREATE ROLE sg_worker LOGIN NOINHERIT;
CREATE ROLE sg_migrate LOGIN NOINHERIT;
CREATE ROLE sg_backup LOGIN BYPASSRLS;
GRANT sg_app TO sg_web;
GRANT sg_app, sg_sweep TO sg_worker;
GRANT sg_owner, sg_app, sg_access, sg_sweep TO sg_migrate;
GRANT pg_read_all_data TO sg_backup;
CREATE DATABASE sg OWNER sg_owner;
\connect sg
GRANT CONNECT ON DATABASE sg TO sg_web;
GRANT CONNECT ON DATABASE sg TO sg_worker;
GRANT CONNECT ON DATABASE sg TO sg_migrate;
GRANT CONNECT ON DATABASE sg TO sg_backup;
REVOKE ALL ON DATABASE sg FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT CREATE, USAGE ON SCHEMA public TO sg_owner WITH GRANT OPTION;
