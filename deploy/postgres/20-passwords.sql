-- The logins' passwords, from the secrets of compose. Run once, after 10-roles.sql, when the server is made.
\set web `cat /run/secrets/sg_web_password`
\set worker `cat /run/secrets/sg_worker_password`
\set migrate `cat /run/secrets/sg_migrate_password`
\set backup `cat /run/secrets/sg_backup_password`
ALTER ROLE sg_web PASSWORD :'web';
ALTER ROLE sg_worker PASSWORD :'worker';
ALTER ROLE sg_migrate PASSWORD :'migrate';
ALTER ROLE sg_backup PASSWORD :'backup';
