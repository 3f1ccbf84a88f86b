"""What every app stands on, and nothing that knows a domain.

=====================  ==========================================================================
``settings``, ``env``  every setting, and how it is read from the environment
``urls``, ``wsgi``     every address, and what gunicorn serves
``models``             staff accounts, messages, the timeline, runs of jobs, counts of limits
``admin``              what the staff's pages share
``log_in``             how staff log in, stay logged in, and show again who they are
``messages``           texts, drafts, and the outbox that sends them
``web``                middleware, page cache, limits, and the pages for what went wrong
``forms``              how forms look and read
``personal_data``      the register of what is kept of people, and the job that forgets
``operating``          logs, health and measures
``backups``            sealed backups, and how they come back
``database``           all SQL, and the questions to PostgreSQL
``embedded_postgres``  a private PostgreSQL beside the checkout
=====================  ==========================================================================

Beside them lie the small parts that anybody uses: encryption, tokens, telephones, the timeline.
"""
