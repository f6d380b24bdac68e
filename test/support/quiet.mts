// n8n-core reads this when it is loaded; its log would bury the test report.
process.env.N8N_LOG_LEVEL = 'silent';
